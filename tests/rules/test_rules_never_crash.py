"""Whatever a record says, lint and check answer with findings and never raise."""

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.rules.catalogue import discover
from itsm_as_code.rules.engine import check, lint
from itsm_as_code.rules.reference import read_page
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

PAGES = [read_page(rule.doc).wrong for rule in discover().values()]
SNAPSHOTS = [
    {file.path: file.data.decode() for file in wrong}
    for wrong in PAGES
    if not any(file.words for file in wrong) and any(file.path.endswith(".yaml") for file in wrong)
]
JUNK = (
    "",
    "null",
    "true",
    "7",
    "[]",
    "{}",
    "[[x]]",
    "{x: y}",
    "x",
    "ci:web-01",
    "INC-20260304-k7qz",
    "'2026-02-30'",
    "!t &a 1",
)
# What the schemas accept and rules must bear: wide spans, windows of all forms, other states, links to anything.
EDGES = (
    "'0001-01-01'",
    "'9999-12-31'",
    "{start: 0001-01-01T00:00:00Z, end: 9999-12-31T23:59:59Z}",
    "{start: 2026-04-04T22:00:00Z, end: 2026-04-04T21:00:00Z}",
    "{days: [sun], start: '00:00', end: '00:00', time_zone: Nowhere/Land}",
    "{days: [mon, sun], start: '23:00', end: '01:00'}",
    "{expected: true}",
    "{code: fixed}",
    "{hours: nowhere, max_duration: P999999W}",
    "PT0S",
    "resolved",
    "closed",
    "approved",
    "[ci:web-01]",
    "[{ci: ci:nowhere, role: cause}]",
    "person:alice",
)
TIMES = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-04T02:30:00+14:00")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
ZONES = ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    """Draw the snapshot of an example in which some fields have another value, or are gone."""
    files = dict(draw(st.sampled_from(SNAPSHOTS)))
    records = sorted(path for path in files if path.endswith(".yaml"))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(records))
        lines = files[path].split("\n")
        number = draw(st.integers(0, len(lines) - 1))
        lines[number] = _damaged(draw, lines[number])
        files[path] = "\n".join(lines)
    files.setdefault("itsm.yaml", f"format: 1\ntime_zone: {draw(st.sampled_from(ZONES))}\n")
    return files


def _damaged(draw: st.DrawFn, line: str) -> str:
    """Return the line with another value or another time, or nothing."""
    if TIME.search(line) and draw(st.booleans()):
        return TIME.sub(draw(st.sampled_from(TIMES)), line, count=1)
    key, colon, _ = line.partition(":")
    return f"{key}: {draw(st.sampled_from(JUNK + EDGES))}" if colon and draw(st.booleans()) else ""


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_lint_answers_whatever_the_records_say(files: dict[str, str]) -> None:
    findings = lint(load(MemorySource(files)))
    assert list(findings) == sorted(findings)
    assert all(finding.message and finding.place.line >= 1 for finding in findings)
    assert {finding.place.file for finding in findings} <= set(files)


@settings(max_examples=100, deadline=None)
@given(damaged(), st.datetimes(timezones=st.just(UTC)))
def test_check_answers_whatever_the_records_and_the_clock_say(files: dict[str, str], as_of: datetime) -> None:
    findings = check(load(MemorySource(files)), as_of)
    assert list(findings) == sorted(findings)
    assert all(finding.message and finding.place.line >= 1 for finding in findings)
