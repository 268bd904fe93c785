"""What commands say where a name is taken, unknown or misspelt, and where they stand in a strange place."""

import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import GitRepo, RunItsm

FILES = {
    "itsm.yaml": "format: 1\n",
    "records/teams/ops.yaml": "name: Ops\nmembers: [person:bo]\naliases: [operations]\n",
    "records/people/bo.yaml": "name: Bo\nemails: [bo@example.org]\n",
    "records/cis/web-01.yaml": "title: Web server\nclass: server\nowner: team:ops\nstate: operational\n",
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is down\nimpact: high\nurgency: high\ncis: [{ci: ci:wbe-01, role: affected}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:bo, type: created}\n"
    ),
}
INCIDENT = "records/incidents/2026/INC-20260304-k7qz.yaml"


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


def test_new_says_that_a_name_is_taken(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("new", "team", "--title", "Ops", "--set", "members=person:bo", cwd=org.root)
    assert (run.exit_code, run.stdout) == (0, "records/teams/ops-2.yaml\n")
    assert run.stderr == "note: team:ops exists; this is team:ops-2 (--id ID names another)\n"
    run = run_itsm("new", "team", "--title", "Ops", "--set", "members=person:bo", "--id", "night-ops", cwd=org.root)
    assert (run.stdout, run.stderr) == ("records/teams/night-ops.yaml\n", "")


def test_new_asks_for_an_id_where_the_title_gives_none(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("new", "person", "--title", "日本", "--set", "emails=n@example.org", cwd=org.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("error: no id follows from the title 日本 (")
    assert "--id ID" in run.stderr
    run = run_itsm("new", "person", "--title", "日本", "--set", "emails=n@example.org", "--id", "nihon", cwd=org.root)
    assert run.stdout == "records/people/nihon.yaml\n"


def test_new_names_the_flag_of_an_unknown_person(org: GitRepo, run_itsm: RunItsm) -> None:
    def new(actor: str) -> tuple[str, str]:
        run = run_itsm("new", "problem", "--title", "Slow", "--as", actor, cwd=org.root)
        return run.stdout, run.stderr

    assert new("bob") == ("", "error: --as: there is no person or team bob (did you mean person:bo?)\n")
    assert new("zoë") == ("", "error: --as: there is no person or team zoë (itsm list person lists them)\n")
    assert new("taem:ops")[1].startswith("error: --as: there is no person or team taem:ops (")
    path, said = new("team:operations")
    assert said == ""
    assert "by: team:ops," in (org.root / path.strip()).read_text()


@pytest.mark.parametrize(
    ("kind", "condition", "said"),
    [
        ("incident", "state=closd", "(did you mean closed?)"),
        ("incident", "impact=hgih", "not one of high, medium, low (did you mean high?)"),
        ("incident", "cis.role=afected", "(did you mean affected?)"),
        ("incident", "timeline.type=creatd", "(did you mean created?)"),
        ("incident", "impcat=high", "an incident has no field impcat (did you mean impact?)"),
        ("team", "mebmers=person:bo", "a team has no field mebmers (did you mean members?)"),
    ],
)
def test_list_does_not_know_the_value(org: GitRepo, run_itsm: RunItsm, kind: str, condition: str, said: str) -> None:
    run = run_itsm("list", kind, "--where", condition, cwd=org.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr


@pytest.mark.parametrize("condition", ["cis.role=affected", "timeline.type=created", "state=new", "title=Shop is down"])
def test_list_knows_the_value(org: GitRepo, run_itsm: RunItsm, condition: str) -> None:
    assert "INC-20260304-k7qz" in run_itsm("list", "incident", "--where", condition, cwd=org.root).stdout


def test_lint_paths_are_those_of_the_root_where_there_are_no_others(org: GitRepo, run_itsm: RunItsm) -> None:
    elsewhere = org.root.parent / "elsewhere"
    elsewhere.mkdir()
    run = run_itsm("lint", "--root", str(org.root), "records/incidents", cwd=elsewhere)
    assert (run.exit_code, run.stdout.splitlines()[0].partition(" ")[0]) == (1, f"{INCIDENT}:4:12")
    assert run_itsm("lint", "--root", str(org.root), "records/teams", cwd=elsewhere).exit_code == 0
    run = run_itsm("lint", "--root", str(org.root), "records/nothing", cwd=elsewhere)
    assert (run.exit_code, run.stderr) == (
        2,
        (
            "error: records/nothing does not exist "
            "(paths are relative to where you stand, or to the root of the records)\n"
        ),
    )
    assert "PATHS are relative to where you stand" in " ".join(run_itsm("lint", "--help").stdout.split())


def test_settings_are_not_called_a_record(org: GitRepo, run_itsm: RunItsm) -> None:
    org.write({"itsm.yaml": "- format\n"})
    run = run_itsm("lint", cwd=org.root)
    assert run.exit_code == 2
    assert run.stderr.startswith("error: itsm.yaml:1:1: the file holds a list; ")
    assert "record" not in run.stderr


def test_init_tells_the_shell_what_to_do_next(tmp_path: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("init", "records of Ann's", cwd=tmp_path)
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("  cd ")]
    assert shlex.split(line) == ["cd", "records of Ann's"]


@pytest.mark.parametrize("words", [["lint"], ["--help"], ["--version"], ["lint", "--help"]])
def test_what_nobody_reads_is_not_good(org: GitRepo, words: Sequence[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "itsm_as_code", *words]
    done = subprocess.run(command, cwd=org.root, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"TERM": "dumb"}, False), ({"NO_COLOR": "1"}, False)])
@pytest.mark.parametrize("arguments", [["lint"], ["lnit"]])
def test_colour_on_a_terminal_that_shows_it(
    org: GitRepo, arguments: list[str], variables: dict[str, str], *, coloured: bool
) -> None:
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(
        [sys.executable, "-m", "itsm_as_code", *arguments],
        cwd=org.root, env={**kept, "TERM": "xterm", **variables}, stdin=theirs, stdout=theirs, stderr=theirs,
        check=False,
    )  # fmt: skip
    os.close(theirs)
    said = os.read(ours, 100_000)
    os.close(ours)
    assert b"error" in said
    assert (b"\x1b[3" in said or b"\x1b[1" in said) is coloured
