"""`itsm lint --write-baseline`: what was wrong is known, what is new fails, and the baseline only shrinks."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from itsm_as_code import resources
from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.reading.baseline import read_baseline
from tests.support import GitRepo, RunItsm, unpacked

JENKINS = Path(__file__).parents[2].parent / "shared" / "data" / "jenkins-status"
TEAM = "records/teams/web.yaml"
SERVER = "records/cis/web-01.yaml"
FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    TEAM: "name: Web team\nmembers: [person:alice, person:bob]\n",
    SERVER: "title: Web server\nclass: server\nstate: operational\n",
}
GONE = "warning: 1 finding that baseline.json knows is gone; itsm lint --write-baseline takes it out\n"


@pytest.fixture
def dirty(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


def held(repo: GitRepo) -> list[str]:
    return [entry["message"] for entry in json.loads((repo.root / "baseline.json").read_bytes())["known"]]


def test_the_first_takes_all_and_only_what_is_new_fails(dirty: GitRepo, run_itsm: RunItsm) -> None:
    before = run_itsm("lint", cwd=dirty.root)
    assert (before.exit_code, before.stdout.splitlines()[-1]) == (1, "2 records: 2 errors, 1 warning")
    wrote = run_itsm("lint", "--write-baseline", "--strict", cwd=dirty.root)
    assert wrote.exit_code == 0
    assert wrote.stderr == "baseline.json: 3 findings known from now on; commit it\n"
    assert wrote.stdout == "2 records, nothing to report, 3 known from baseline.json\n"
    assert run_itsm("lint", "--strict", cwd=dirty.root).stdout == wrote.stdout
    dirty.write({TEAM: "# Moved.\nname: Web team\nlead: person:carol\nmembers: [person:alice, person:bob]\n"})
    new = run_itsm("lint", cwd=dirty.root)
    assert new.exit_code == 1
    assert new.stdout.splitlines() == [
        f"{TEAM}:3:7 error dangling-link person:carol does not exist; correct it, or write records/people/carol.yaml",
        "2 records: 1 error, 0 warnings, 3 known from baseline.json",
    ]


def test_the_file_is_as_published_and_an_entry_a_line(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    data = (dirty.root / "baseline.json").read_bytes()
    schema = json.loads((resources.schemas() / "baseline.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(data))
    entry = '"rule": "dangling-link", "field": "members[person:alice]", "message": "person:alice does not exist"'
    assert f'\n    {{"file": "{TEAM}", {entry}}},\n' in data.decode()
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert (dirty.root / "baseline.json").read_bytes() == data


def test_what_is_mended_is_told_and_taken_out(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    dirty.write({TEAM: "name: Web team\nmembers: [person:alice]\n"})
    run = run_itsm("lint", cwd=dirty.root)
    assert (run.exit_code, run.stderr) == (0, GONE)
    assert run.stdout == "2 records, nothing to report, 2 known from baseline.json (1 more of it gone)\n"
    assert json.loads(run_itsm("lint", "--format", "json", cwd=dirty.root).stdout)["summary"] == {
        "records": 2,
        "errors": 0,
        "warnings": 0,
        "waived": 0,
        "known": 2,
        "gone": 1,
    }
    wrote = run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert wrote.stderr == "baseline.json: 1 finding taken out, 2 left\n"
    assert "person:bob does not exist" not in held(dirty)
    dirty.write({TEAM: FILES[TEAM]})
    assert run_itsm("lint", cwd=dirty.root).exit_code == 1


def test_it_only_shrinks_until_it_is_deleted(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    dirty.write({TEAM: "name: Web team\nmembers: [person:alice, person:carol]\n"})
    wrote = run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert wrote.exit_code == 1
    refused = "1 new finding was not added: baseline.json only shrinks"
    assert wrote.stderr.splitlines() == [
        "baseline.json: 1 finding taken out, 2 left",
        f"warning: {refused} (to take all that there is, delete it and write it again)",
    ]
    again = run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert again.stderr.startswith("baseline.json stays as it is: 2 findings known\nwarning: 1 new finding was not")
    assert "person:carol does not exist" not in held(dirty)
    (dirty.root / "baseline.json").unlink()
    assert run_itsm("lint", "--write-baseline", cwd=dirty.root).exit_code == 0
    assert "person:carol does not exist" in held(dirty)


def test_an_emptied_one_stays_and_takes_nothing(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    people = {f"records/people/{name}.yaml": f"name: {name}\n" for name in ("alice", "bob")}
    dirty.write({**people, SERVER: f"{FILES[SERVER]}owner: team:web\n"})
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert held(dirty) == []
    dirty.write({TEAM: "name: Web team\nmembers: [person:carol]\n"})
    assert run_itsm("lint", "--write-baseline", cwd=dirty.root).exit_code == 1
    assert held(dirty) == []


def test_where_nothing_is_wrong_nothing_is_written(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    git_repo.commit({"itsm.yaml": FILES["itsm.yaml"], "records/people/alice.yaml": "name: Alice\n"})
    run = run_itsm("lint", "--write-baseline", cwd=git_repo.root)
    assert (run.exit_code, run.stderr) == (0, "baseline.json is not written: there is nothing to know\n")
    assert not (git_repo.root / "baseline.json").exists()


def test_formats_count_what_is_known_or_mark_it(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    said = {
        format_: run_itsm("lint", "--format", format_, cwd=dirty.root).stdout
        for format_ in ("text", "json", "github", "sarif", "junit")
    }
    known = "3 known from baseline.json"
    assert said["github"] == f"::notice title=itsm lint::2 records: 0 errors, 0 warnings, {known}\n"
    assert said["text"] == f"2 records, nothing to report, {known}\n"
    assert [finding["known"] for finding in json.loads(said["json"])["findings"]] == [True, True, True]
    suppressions = [result["suppressions"] for result in json.loads(said["sarif"])["runs"][0]["results"]]
    assert [[held["kind"] for held in each] for each in suppressions] == [["external"]] * 3
    root = ET.fromstring(said["junit"].encode())  # noqa: S314 - our own
    assert root.get("failures") == "0"
    tests = [test for test in root.iter("testcase") if test.get("classname") != "itsm lint"]
    assert [test[0].tag for test in tests] == ["skipped", "skipped"]
    assert known in said["junit"]


def test_parts_of_findings_do_not_make_others_gone(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    for arguments in (["records/cis"], ["--select", "dangling-link"], ["--ignore", "dangling-link"]):
        run = run_itsm("lint", *arguments, cwd=dirty.root)
        assert (run.exit_code, run.stderr) == (0, "")
        assert "gone" not in run.stdout


def test_a_revision_is_judged_by_its_own(dirty: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert run_itsm("lint", "--rev", "HEAD", cwd=dirty.root).exit_code == 1
    dirty.commit({})
    assert run_itsm("lint", "--rev", "HEAD", cwd=dirty.root).exit_code == 0
    assert run_itsm("lint", "--staged", cwd=dirty.root).exit_code == 0


def test_without_git_it_works_as_well(tmp_path: Path, run_itsm: RunItsm) -> None:
    GitRepo(tmp_path).write(dict(FILES))
    assert run_itsm("lint", "--write-baseline", cwd=tmp_path / "records").exit_code == 0
    assert read_baseline((tmp_path / "baseline.json").read_bytes()).size == 3
    assert run_itsm("lint", cwd=tmp_path).exit_code == 0


@pytest.mark.skipif(not JENKINS.is_dir(), reason="the data is not here")
def test_years_of_incidents_that_nobody_can_mend_in_a_day(tmp_path: Path, run_itsm: RunItsm) -> None:
    unpacked(JENKINS / "jenkins-status.tar.gz", tmp_path / "site")
    (tmp_path / "site/config.yml").write_bytes((JENKINS / "config.yml").read_bytes())
    root = tmp_path / "records"
    import_cstate(tmp_path / "site", root)
    before = json.loads(run_itsm("lint", "--format", "json", cwd=root).stdout)["summary"]
    assert before["errors"] >= 513
    assert run_itsm("lint", "--write-baseline", "--strict", cwd=root).exit_code == 0
    after = json.loads(run_itsm("lint", "--format", "json", cwd=root).stdout)["summary"]
    assert (after["errors"], after["known"]) == (0, before["errors"] + before["warnings"])


def test_check_has_no_baseline(dirty: GitRepo, run_itsm: RunItsm) -> None:
    dirty.write({"baseline.json": '{"format": 1, "known": []}\n'})
    run = run_itsm("check", "--now", "2026-03-04", cwd=dirty.root)
    assert "baseline" not in run.stdout + run.stderr
    assert run_itsm("check", "--write-baseline", cwd=dirty.root).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rev", "HEAD"],
        ["--at", "2026-03-04"],
        ["--staged"],
        ["--base", "HEAD"],
        ["--changed-since", "HEAD"],
        ["--merge-with", "HEAD"],
        ["--select", "dangling-link"],
        ["--ignore", "dangling-link"],
        ["records"],
    ],
)
def test_a_part_is_never_taken_for_all(arguments: list[str], dirty: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--write-baseline", *arguments, cwd=dirty.root)
    assert (run.exit_code, run.stdout) == (2, "")
    name = arguments[0] if arguments[0].startswith("--") else "PATHS"
    assert run.stderr == (
        f"error: --write-baseline and {name} exclude each other (the baseline is of everything in the working tree)\n"
    )
    assert not (dirty.root / "baseline.json").exists()


def test_what_cannot_be_written_is_one_line(dirty: GitRepo, run_itsm: RunItsm) -> None:
    (dirty.root / "baseline.json").mkdir()
    run = run_itsm("lint", "--write-baseline", cwd=dirty.root)
    assert (run.exit_code, run.stdout, run.stderr) == (2, "", "error: baseline.json: Is a directory\n")
