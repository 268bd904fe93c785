"""`itsm import table` on the command line: what it prints, its exit codes, and what it says of wrong options."""

import json
from pathlib import Path

import pytest

from tests.support import RunItsm

MAP = """format: 1
system: desk
sources: {teams: {}}
records:
  - kind: team
    from: teams
    key: "{number}"
    id: {slug: "{name}"}
    fields: {name: "{name}", on_call: "{url}"}
"""
TABLE = "number,name,url,extra\n1,Alpha,https://example.org/a,x\n2,Beta,nowhere,y\n3,Gamma,none,z\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAP)
    (tmp_path / "teams.csv").write_text(TABLE)
    return tmp_path


def test_what_is_skipped_is_listed_and_exits_1(folder: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("import", "table", "teams.csv", "--map", "map.yaml", "--into", "ours", cwd=folder)
    assert (run.exit_code, run.stderr) == (1, "")
    assert run.stdout.splitlines() == [
        "skipped: teams.csv: url is no web address: left out; 2 times: row 3 'nowhere', row 4 'none'",
        "not read: teams.csv: teams has columns that the map does not read (extra)",
        "teams: 3 rows, 3 of them in records",
        "records: team 3; 0 timeline entries",
        "4 files written, 0 updated, 0 unchanged, 0 left as they are, 0 guesses, 2 skipped",
        "Next: itsm lint --root ours",
    ]
    assert run_itsm("lint", "--root", "ours", cwd=folder).exit_code == 0


def test_the_same_as_json(folder: Path, run_itsm: RunItsm) -> None:
    arguments = ("import", "table", "teams=teams.csv", "--map", "map.yaml", "--into", "ours", "--format", "json")
    found = json.loads(run_itsm(*arguments, cwd=folder).stdout)
    assert found["records"] == {"team": 3}
    assert found["rows"] == {"teams": {"read": 3, "used": 3}}
    assert found["written"][0] == "itsm.yaml"
    assert found["skipped"][0] == {
        "file": "teams.csv",
        "row": 3,
        "column": "url",
        "reason": "is no web address: left out",
        "value": "'nowhere'",
    }
    assert {*found} == {
        *("records", "entries", "rows", "written", "updated", "unchanged"),
        *("skipped", "kept", "guessed", "folded", "ignored"),
    }
    assert json.loads(run_itsm(*arguments, cwd=folder).stdout)["written"] == []


def test_a_dry_run_says_what_would_be_written(folder: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("import", "table", "teams.csv", "--map", "map.yaml", "--into", "ours", "--dry-run", cwd=folder)
    assert "4 files would be written" in run.stdout
    assert "Next:" not in run.stdout
    assert not (folder / "ours").exists()


def test_the_shipped_maps_are_listed(tmp_path: Path, run_itsm: RunItsm) -> None:
    run = run_itsm("import", "table", "--list-maps", cwd=tmp_path)
    assert "servicenow-incident        ServiceNow, table incident" in run.stdout
    listed = json.loads(run_itsm("import", "table", "--list-maps", "--format", "json", cwd=tmp_path).stdout)
    assert "snipe-it-assets" in listed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "FILE is missing (itsm import table --help)"),
        (["teams.csv"], "--map is missing (itsm import table --help)"),
        (["teams.csv", "--map", "map.yaml"], "--into is missing (itsm import table --help)"),
        (["teams.csv", "--map", "mapp.yaml", "--into", "x"], "there is no map mapp.yaml"),
        (["none.csv", "--map", "map.yaml", "--into", "x"], "none.csv cannot be read: No such file or directory"),
        ([".", "--map", "map.yaml", "--into", "x"], ". is no regular file"),
        (["teams.csv", "--map", "map.yaml", "--into", "x", "--time-zone", "Mars"], "Mars is no time zone"),
        (["teams.csv", "--map", "teams.csv", "--into", "x"], "teams.csv:1:1: "),
    ],
)
def test_what_is_wrong_is_one_line(folder: Path, run_itsm: RunItsm, arguments: list[str], says: str) -> None:
    run = run_itsm("import", "table", *arguments, cwd=folder)
    assert (run.exit_code, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"error: {says}")
    assert not (folder / "x").exists()
