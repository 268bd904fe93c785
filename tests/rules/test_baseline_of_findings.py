"""The baseline: what it knows again and what not, what is gone from it, and what a new one holds."""

import json
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.model.baseline import NO_BASELINE, Baseline, Known
from itsm_as_code.model.finding import Finding, tally
from itsm_as_code.reading.baseline import read_baseline
from itsm_as_code.rules.baseline import baseline_of, without_gone
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.writing.baseline import baseline_text

TEAM = "records/teams/web.yaml"
SHOP = "records/services/shop.yaml"
FILES = {
    TEAM: "name: Web team\nmembers: [person:alice, person:bob]\n",
    SHOP: "title: Shop\nowner: team:wbe\ntier: 3\nstate: live\n",
}


def linted(files: Mapping[str, str], baseline: Baseline | None = None) -> tuple[Finding, ...]:
    text = {"baseline.json": baseline_text(baseline)} if baseline is not None else {}
    return lint(load(MemorySource({**files, **text})))


def told(findings: tuple[Finding, ...]) -> list[tuple[str, bool]]:
    return [(finding.statement, finding.known) for finding in findings if finding.rule == "dangling-link"]


BASELINE = baseline_of(linted(FILES))


def test_what_was_there_is_known_and_does_not_count() -> None:
    findings = linted(FILES, BASELINE)
    assert told(findings) == [
        ("team:wbe does not exist", True),
        ("person:alice does not exist", True),
        ("person:bob does not exist", True),
    ]
    counts = tally(findings)
    assert (counts.errors, counts.warnings, counts.known) == (0, 0, len(findings))
    assert without_gone(BASELINE, findings) == BASELINE


def test_what_is_new_counts() -> None:
    files = {**FILES, TEAM: "name: Web team\nlead: person:carol\nmembers: [person:dan, person:alice, person:bob]\n"}
    assert told(linted(files, BASELINE)) == [
        ("team:wbe does not exist", True),
        ("person:carol does not exist", False),
        ("person:dan does not exist", False),
        ("person:alice does not exist", True),
        ("person:bob does not exist", True),
    ]


def test_lines_items_and_advice_do_not_make_a_finding_new() -> None:
    before = linted(FILES)
    files = {
        **FILES,
        SHOP: "# moved\n\n" + FILES[SHOP],
        TEAM: "# moved\nname: Web team\nmembers:\n  - person:bob\n  - person:alice\n",
        "records/teams/wbx.yaml": "name: Another near name\n",
    }
    after = linted(files, BASELINE)
    moved = [finding for finding in after if finding.rule == "dangling-link"]
    assert {found.message for found in moved} != {found.message for found in before if found.rule == "dangling-link"}
    assert all(finding.known for finding in moved)


def test_a_line_that_a_message_names_may_move() -> None:
    files = {SHOP: "title: Shop\ntier: 3\ntier: 3\nstate: live\nowner: team:web\n", TEAM: "name: Web team\n"}
    baseline = baseline_of(linted(files))
    assert [known.message for known in baseline.counts if known.rule == "duplicate-key"] == [
        "tier is given twice (first at line …)"
    ]
    assert all(finding.known for finding in linted({**files, SHOP: "\n\n" + files[SHOP]}, baseline))


def test_findings_that_are_alike_are_counted() -> None:
    text = "name: Web team  # \u200b\n# \u200b\n"
    baseline = baseline_of(linted({TEAM: text}))
    unseen = [known for known in baseline.counts if known.rule == "invisible-character"]
    assert [baseline.counts[known] for known in unseen] == [2]
    assert '"count": 2}' in baseline_text(baseline)
    more = linted({TEAM: f"{text}# \u200b\n"}, baseline)
    assert [finding.known for finding in more if finding.rule == "invisible-character"] == [True, True, False]


def test_faults_of_the_reader_and_of_schemas_may_be_in_it() -> None:
    files = {TEAM: "name: [Web\n", SHOP: "titel: Shop\n"}
    rules = {known.rule for known in baseline_of(linted(files)).counts}
    assert {"yaml-syntax", "unknown-field"} <= rules
    assert tally(linted(files, baseline_of(linted(files)))).errors == 0


def test_what_is_mended_is_gone_and_may_not_come_back() -> None:
    mended = linted({**FILES, SHOP: FILES[SHOP].replace("wbe", "web")}, BASELINE)
    shrunk = without_gone(BASELINE, mended)
    assert BASELINE.size - shrunk.size == 1
    assert tally(linted(FILES, shrunk)).errors == 1


def test_what_is_waived_needs_no_baseline() -> None:
    waived = (
        "title: Shop\nowner: team:web\ntier: 3\nstate: live\nlinks: [{type: related, to: service:none}]\ntimeline:\n"
        "  - {at: 2026-03-04T03:07:00+01:00, by: person:ann, type: exception, rule: dangling-link, reason: Soon., "
        "until: 2026-09-01T00:00:00+02:00}\n"
    )
    files = {SHOP: waived, TEAM: "name: Web team\n", "records/people/ann.yaml": "name: Ann\n"}
    plain = linted(files)
    assert "dangling-link" in {finding.rule for finding in plain if finding.waiver is not None}
    assert "dangling-link" not in {known.rule for known in baseline_of(plain).counts}


def test_a_repository_without_one_knows_nothing() -> None:
    assert load(MemorySource(FILES)).baseline == NO_BASELINE
    assert not NO_BASELINE.written
    assert read_baseline(b'{"format": 1, "known": []}') == Baseline({})


def test_the_text_is_sorted_an_entry_a_line() -> None:
    lines = baseline_text(BASELINE).splitlines()
    assert lines[:2] == ["{", '  "format": 1,']
    entries = [line for line in lines if line.startswith("    {")]
    assert len(entries) == len(BASELINE.counts)
    assert [json.loads(line.rstrip(","))["file"] for line in entries] == sorted(known.file for known in BASELINE.counts)


TEXT = st.text(min_size=1, max_size=8)
KNOWN = st.builds(Known, TEXT, TEXT, st.text(max_size=8), TEXT)


@given(st.dictionaries(KNOWN, st.integers(1, 1_000_000), max_size=8))
def test_what_is_written_is_read_again(counts: dict[Known, int]) -> None:
    text = baseline_text(Baseline(counts))
    assert read_baseline(text.encode()) == Baseline(counts)


@given(st.dictionaries(KNOWN, st.integers(1, 9), max_size=8), st.dictionaries(KNOWN, st.integers(1, 9), max_size=8))
def test_what_two_know_is_never_more_than_one_knows(one: dict[Known, int], other: dict[Known, int]) -> None:
    both = Baseline(one).within(Baseline({**other, **one}))
    assert both.counts == one
    assert all(count <= one[known] for known, count in Baseline(one).within(Baseline(other)).counts.items())
