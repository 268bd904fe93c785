"""What is said where settings, schemas or the place are wrong: one line on standard error that says what to do."""

import shlex
from pathlib import Path

import pytest

from tests.support import RunItsm

SETTINGS = {
    "": "itsm.yaml:1:1: the file is empty; ",
    "- a": "itsm.yaml:1:1: the file holds a list; ",
    "formt: 1": "itsm.yaml:1:1: unknown field formt (did you mean format?)",
    "format: '1'": "itsm.yaml:1:9: must be 1, is the text 1; write it without quotes",
    "format: 1\nrules: {dangling-lnk: error}": "there is no rule dangling-lnk (did you mean dangling-link?)",
    "format: 1\nrules: {schema: error}": "(did you mean schema-any-of, schema-const or schema-contains?)",
    "format: 1\nrules: {dangling-link: warn}": "warn is not one of error, warning, off (did you mean warning?)",
    "format: 1\nrules: [a]": "must be a mapping of fields, is a list",
    "format: 1\ntime_zone: Zurich": "Zurich is no time zone (did you mean Europe/Zurich?)",
    "format: 1\ntime_zone: New_York": "(did you mean America/New_York?)",
    "format: 1\nci_classes: {blade: hardwear}": "hardwear is not a CI class (did you mean hardware?)",
    "format: 1\norganization: {name: X}": "unknown field organization (did you mean organisation?)",
    "format: 1\norganisation: X": "is the text X; write its fields: {name: …}",
}
SCHEMAS = {
    '{"a":': "schemas/room.schema.json:1:6: not JSON: ",
    "[]": "a JSON Schema is an object",
    "{}": "$schema is missing; add it",
}
OUTSIDE = ("lint", "check", "link", "show a", "impact a", "spof", "risk a", "list ci", "new ci", "render out")


@pytest.mark.parametrize("settings", SETTINGS)
def test_settings(tmp_path: Path, run_itsm: RunItsm, settings: str) -> None:
    (tmp_path / "itsm.yaml").write_text(f"{settings}\n")
    _one_line(run_itsm, "lint", tmp_path, SETTINGS[settings])


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_of_the_repository(tmp_path: Path, run_itsm: RunItsm, schema: str) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "itsm.yaml").write_text("format: 1\n")
    (tmp_path / "schemas/room.schema.json").write_text(schema)
    _one_line(run_itsm, "lint", tmp_path, SCHEMAS[schema])


@pytest.mark.parametrize("typed", OUTSIDE)
def test_outside_of_a_repository(tmp_path: Path, run_itsm: RunItsm, typed: str) -> None:
    _one_line(run_itsm, typed, tmp_path, "no itsm.yaml in ", "or make one: itsm init DIR)")


def test_a_revision_where_there_are_none(tmp_path: Path, run_itsm: RunItsm) -> None:
    (tmp_path / "itsm.yaml").write_text("format: 1\n")
    _one_line(run_itsm, "lint --rev HEAD", tmp_path, "is not a git repository (only git keeps revisions; ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lint", "0 records, nothing to report\n"),
        ("list ci", "no configuration items\n"),
        ("link", "0 records, 0 links, "),
    ],
)
def test_a_repository_without_records(tmp_path: Path, run_itsm: RunItsm, typed: str, said: str) -> None:
    (tmp_path / "itsm.yaml").write_text("format: 1\n")
    run = run_itsm(*typed.split(), cwd=tmp_path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.startswith(said)


def _one_line(run_itsm: RunItsm, typed: str, where: Path, *said: str) -> None:
    run = run_itsm(*shlex.split(typed), cwd=where)
    assert (run.exit_code, run.stdout) == (2, "")
    (line,) = run.stderr.splitlines()
    assert line.startswith("error: ")
    for words in said:
        assert words in line
