"""A broken copy of the sample: each single mutation gives exactly its one finding, at its place."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import check, lint, lint_both
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from tests.mutations import (
    rows_of_changes,
    rows_of_cmdb,
    rows_of_files,
    rows_of_fulfilment,
    rows_of_processes,
    rows_of_reading,
    rows_of_schemas,
    rows_of_steps,
    rows_of_time,
)
from tests.mutations.table import BrokenCopy, Row

ROOT = Path(__file__).parents[1]
NOW = datetime.fromisoformat("2026-03-10T09:00:00+01:00")

ROWS = (
    *rows_of_files.ROWS,
    *rows_of_reading.ROWS,
    *rows_of_schemas.ROWS,
    *rows_of_processes.ROWS,
    *rows_of_changes.ROWS,
    *rows_of_cmdb.ROWS,
    *rows_of_fulfilment.ROWS,
    *rows_of_time.ROWS,
    *rows_of_steps.ROWS,
)

NOT_OURS = {
    "schema-contains": "contains",
    "schema-dependent-required": "dependentRequired",
    "schema-max-items": "maxItems",
    "schema-max-properties": "maxProperties",
}
"""Rules of keywords that no shipped schema of a kind has; a repository's own kinds may."""

NO_ROW = {
    "recurring-incidents": "takes three incidents of which no problem tells, and the sample's series each have one",
    "actor-mismatch": "takes the commits of a step",
    "record-late": "takes the commits of a step",
    "baseline-grew": "takes a baseline, and the sample has none",
}
"""Rules that no single edit of the sample can provoke, each with the reason."""

Told = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as bytes by path, its paths by address, and what is found in it as it is."""

    files: dict[str, bytes]
    paths: dict[str, str]
    found: Counter[Told]
    snapshot: Snapshot


@pytest.fixture(scope="module")
def sample() -> Sample:
    names = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    files = {name.relative_to(ROOT).as_posix(): name.read_bytes() for name in names}
    records = load(MemorySource(files)).records
    paths = {address: record.file for address, record in records.items()}
    snapshot = load(MemorySource(files))
    return Sample(files, paths, Counter(map(_told, _findings(snapshot))), snapshot)


def _findings(snapshot: Snapshot, base: Snapshot | None = None) -> Sequence[Finding]:
    """Return what lint, and check as of the sample's own time, find and no waiver lets pass.

    Where a base is given, what is wrong with the step from there is found as well.
    """
    linted = lint(snapshot) if base is None else lint_both(Step(base, snapshot))
    return [found for found in (*linted, *check(snapshot, NOW)) if found.waiver is None]


def _told(finding: Finding) -> Told:
    """Return what tells a finding from others, whichever line an edit has moved it to."""
    return finding.place.file, finding.rule, finding.field, finding.message


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.rule}: {row.name}") for row in ROWS])
def test_a_mutation_gives_its_one_finding(row: Row, sample: Sample) -> None:
    broken = BrokenCopy(sample.files, sample.paths, row.change)
    before = sample.found.copy()
    fresh = []
    base = sample.snapshot if discover()[row.rule].of_steps else None
    for finding in _findings(load(broken), base):
        if before[_told(finding)]:
            before[_told(finding)] -= 1
        else:
            fresh.append(finding)
    said = [(found.rule, found.severity, found.place.file, found.place.line, found.place.column) for found in fresh]
    severity = row.severity or discover()[row.rule].severity
    assert said == [(row.rule, severity, *broken.place(row))], "\n".join(
        f"{found.place} {found.rule} {found.message}" for found in fresh
    )


def test_every_rule_has_a_row_or_a_reason() -> None:
    rules = {row.rule for row in ROWS}
    assert set(discover()) - rules == NOT_OURS.keys() | NO_ROW.keys()
    assert rules - set(discover()) == set()


def test_keywords_without_a_row_are_in_no_schema_of_ours(sample: Sample) -> None:
    schemas = json.dumps([kind.schema for kind in load(MemorySource(sample.files)).kinds.values()])
    assert '"minItems": ' in schemas
    assert [keyword for keyword in NOT_OURS.values() if f'"{keyword}": ' in schemas] == []


def test_there_are_enough_and_no_two_are_the_same() -> None:
    assert len(ROWS) >= 100
    assert len({row.change for row in ROWS}) == len(ROWS)
    assert len({(row.rule, row.name) for row in ROWS}) == len(ROWS)
