"""Whatever a record says, lint and check answer with findings and never raise."""

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


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, str]:
    """Draw the snapshot of an example in which some fields have another value, or are gone."""
    files = dict(draw(st.sampled_from(SNAPSHOTS)))
    records = sorted(path for path in files if path.endswith(".yaml"))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(records))
        lines = files[path].split("\n")
        number = draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[number].partition(":")
        lines[number] = f"{key}: {draw(st.sampled_from(JUNK))}" if colon and draw(st.booleans()) else ""
        files[path] = "\n".join(lines)
    return files


@settings(max_examples=150, deadline=None)
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
