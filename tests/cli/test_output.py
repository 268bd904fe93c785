"""`--output`: each format in a file that is whole or as it was, the totals beside it, one line where it cannot be."""

import errno
import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support import GitRepo, RunItsm

FILES = {
    "itsm.yaml": "format: 1\norganisation: {name: ACME}\ntime_zone: Europe/Zurich\n",
    "records/teams/web.yaml": "name: Web team\nmembers: [person:alice]\n",
    "records/assets/LT-0031.yaml": "title: Laptop\nclass: laptop\nstate: in-stock\nwarranty: {end: 2026-06-30}\n",
}
TOTALS = "2 records: 1 error, 0 warnings"


@pytest.fixture
def org(git_repo: GitRepo) -> GitRepo:
    git_repo.commit(dict(FILES))
    return git_repo


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_a_file_holds_what_would_have_been_printed(
    format_: str, org: GitRepo, run_itsm: RunItsm, tmp_path: Path
) -> None:
    file = tmp_path / "report"
    printed = run_itsm("lint", "--format", format_, cwd=org.root)
    written = run_itsm("lint", "--format", format_, "--output", str(file), cwd=org.root)
    assert (written.exit_code, written.stdout, written.stderr) == (1, "", f"{file}: {TOTALS}\n")
    assert file.read_bytes().decode() == printed.stdout
    assert "person:alice" in printed.stdout
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".itsm-")] == []


def test_machines_read_what_is_printed(org: GitRepo, run_itsm: RunItsm) -> None:
    log = json.loads(run_itsm("lint", "--format", "sarif", cwd=org.root).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["dangling-link"]
    root = ET.fromstring(run_itsm("lint", "--format", "junit", cwd=org.root).stdout.encode())  # noqa: S314 - our own
    assert [test.attrib["name"] for test in root.iter("testcase")] == ["records/teams/web.yaml: dangling-link"]
    late = ("check", "--as-of", "2026-12-15T09:00:00+01:00")
    log = json.loads(run_itsm(*late, "--format", "sarif", cwd=org.root).stdout)
    assert log["runs"][0]["properties"] == {"asOf": "2026-12-15T09:00:00+01:00"}
    for strict, failures in (((), "0"), (("--strict",), "1")):
        run = run_itsm(*late, "--format", "junit", *strict, cwd=org.root)
        assert (run.exit_code, ET.fromstring(run.stdout.encode()).get("failures")) == (int(failures), failures)  # noqa: S314 - our own


def test_servers_are_given_paths_from_the_top_of_the_git_repository(git_repo: GitRepo, run_itsm: RunItsm) -> None:
    team = "ops/it records/records/teams/web.yaml"
    copy = "name: Web team\naliases: [www]\nmembers: [person:alice]\n"
    below = {f"ops/it records/{path}": text for path, text in FILES.items()}
    git_repo.commit({**below, team: copy, team.replace("web.yaml", "www.yaml"): "name: Other\n"})
    root = git_repo.root / "ops/it records"
    for arguments in ((), ("--rev", "HEAD")):
        said = {
            format_: run_itsm("lint", *arguments, "--format", format_, cwd=root / "records").stdout
            for format_ in ("text", "json", "github", "sarif", "junit")
        }
        assert said["text"].startswith("records/teams/web.yaml:2:11 error ambiguous-alias")
        assert json.loads(said["json"])["findings"][0]["file"] == "records/teams/web.yaml"
        assert said["github"].startswith(f"::error file={team},line=2,col=11,title=ambiguous-alias::")
        result = json.loads(said["sarif"])["runs"][0]["results"][0]
        for place in (*result["locations"], *result["relatedLocations"]):
            assert place["physicalLocation"]["artifactLocation"]["uri"].startswith("ops/it%20records/records/teams/w")
        root_ = ET.fromstring(said["junit"].encode())  # noqa: S314 - our own
        assert {test.get("file") for test in root_.iter("testcase")} == {team}


def test_check_says_as_of_when(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("check", "--as-of", "2026-12-15T09:00:00+01:00", "-o", "due.txt", cwd=org.root)
    assert run.exit_code == 0
    assert run.stderr == "due.txt: as of 2026-12-15T09:00:00+01:00, 2 records: 0 errors, 1 warning\n"
    assert "warranty-expired" in (org.root / "due.txt").read_text(encoding="utf-8")


def test_a_dash_is_standard_output(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--output", "-", cwd=org.root)
    assert run.stdout.endswith(f"{TOTALS}\n")
    assert not (org.root / "-").exists()


def test_a_run_that_cannot_go_on_leaves_the_file_as_it_was(org: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("before", encoding="utf-8")
    (org.root / "itsm.yaml").write_text("format: 99\n", encoding="utf-8")
    assert run_itsm("lint", "-o", str(file), cwd=org.root).exit_code == 2
    assert file.read_text(encoding="utf-8") == "before"
    assert [*tmp_path.glob(".itsm-*")] == []


def test_what_a_link_leads_to_is_replaced(org: GitRepo, run_itsm: RunItsm, tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_text("before", encoding="utf-8")
    (tmp_path / "latest").symlink_to(file)
    run_itsm("lint", "-o", str(tmp_path / "latest"), cwd=org.root)
    assert (tmp_path / "latest").is_symlink()
    assert file.read_text(encoding="utf-8").endswith(f"{TOTALS}\n")


def test_what_is_no_file_is_written_to(org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "-o", os.devnull, cwd=org.root)
    assert (run.exit_code, run.stderr) == (1, f"{os.devnull}: {TOTALS}\n")
    assert not Path(os.devnull).is_file()


def test_a_report_among_the_records_is_not_seen_while_it_is_written(org: GitRepo, run_itsm: RunItsm) -> None:
    run_itsm("lint", "-o", "records/teams/report.txt", cwd=org.root)
    assert ".itsm-" not in (org.root / "records/teams/report.txt").read_text(encoding="utf-8")


def test_a_full_disk_is_one_line_and_leaves_the_file_as_it_was(
    org: GitRepo, run_itsm: RunItsm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report"
    file.write_text("before", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    run = run_itsm("lint", "-o", str(file), cwd=org.root)
    assert (run.exit_code, run.stderr) == (2, f"error: --output {file}: No space left on device\n")
    assert [entry.name for entry in tmp_path.iterdir() if not entry.is_dir()] == ["report"]
    assert file.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("nowhere/report", "error: --output nowhere/report: there is no folder "),
        ("records", "error: --output records is a folder (name a file in it: --output records/report)"),
        ("itsm.yaml/report", "error: --output itsm.yaml/report: there is no folder "),
    ],
)
def test_what_cannot_be_written_is_one_line(file: str, words: str, org: GitRepo, run_itsm: RunItsm) -> None:
    run = run_itsm("lint", "--output", file, cwd=org.root)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith(words)
    assert run.stderr.count("\n") == 1
