"""Timeline entries that are files of their own: folded into their record, and placed in their files."""

from collections.abc import Mapping

import pytest

from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.engine import lint
from itsm_as_code.site.edition import edition
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.places import Places
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

RECORD = "records/incidents/2026/INC-20260304-k7qz.yaml"
FOLDER = "records/incidents/2026/INC-20260304-k7qz.d"
INCIDENT = """\
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:00:00Z, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00Z, by: person:alice, type: note, text: Second.}
"""
ALICE = {"records/people/alice.yaml": "name: Alice\n"}
FIRST = "at: 2026-03-04T03:10:00Z\nby: person:alice\ntype: note\ntext: First.\n"
THIRD = "at: 2026-03-04T04:30:00+01:00\nby: person:alice\ntype: note\ntext: Third.\n"


def snapshot(files: Mapping[str, str], known: Snapshot | None = None) -> Snapshot:
    return load(MemorySource({RECORD: INCIDENT, **ALICE, **files}), known=known)


def texts(loaded: Snapshot) -> list[str]:
    return [str(entry.get("text", entry["type"])) for entry in loaded.records["INC-20260304-k7qz"].timeline]


def test_entries_are_folded_in_by_their_time() -> None:
    loaded = snapshot({f"{FOLDER}/b.yaml": FIRST, f"{FOLDER}/a.yaml": THIRD})
    assert texts(loaded) == ["created", "First.", "Second.", "Third."]
    assert lint(loaded) == ()


def test_places_are_in_the_entrys_own_file_and_in_the_records() -> None:
    loaded = snapshot({f"{FOLDER}/b.yaml": FIRST, f"{FOLDER}/a.yaml": THIRD})
    record, places = loaded.records["INC-20260304-k7qz"], Places()
    assert str(places.of(record, ("timeline", 1, "text"))) == f"{FOLDER}/b.yaml:4:7"
    assert str(places.of(record, ("timeline", 2, "text"))) == f"{RECORD}:6:68"
    assert str(places.of(record, ("timeline", 3, "by"))) == f"{FOLDER}/a.yaml:2:5"
    assert str(places.of(record, ("title",))) == f"{RECORD}:1:8"
    assert record.files == (RECORD, f"{FOLDER}/b.yaml", f"{FOLDER}/a.yaml")
    assert len(record.own_fields["timeline"]) == 2


def test_entries_of_one_time_come_after_the_records_own_and_by_name() -> None:
    same = FIRST.replace("03:10", "03:20")
    loaded = snapshot({f"{FOLDER}/2.yaml": same.replace("First", "B"), f"{FOLDER}/1.yaml": same.replace("First", "A")})
    assert texts(loaded) == ["created", "Second.", "A.", "B."]


def test_a_record_may_have_no_entry_of_its_own() -> None:
    created = "at: 2026-03-04T03:00:00Z\nby: person:alice\ntype: created\n"
    bare = INCIDENT.partition("timeline:")[0]
    loaded = snapshot({RECORD: bare, f"{FOLDER}/a.yaml": created})
    assert texts(loaded) == ["created"]
    assert lint(loaded) == ()


@pytest.mark.parametrize(
    ("entry", "rule", "line"),
    [
        ("at: 2026-03-04T03:10:00Z\nby: person:alice\ntype: note\n", "schema-required", 1),
        ("at: 2026-03-04T03:10:00Z\nby: person:bob\ntype: note\ntext: x\n", "dangling-link", 2),
        ("at: 2026-03-04 03:10\nby: person:alice\ntype: note\ntext: x\n", "naive-time", 1),
        ("at: [\n", "yaml-syntax", 1),
        ("- a\n", "not-a-mapping", 1),
        ("at: 2026-03-04T03:10:00Z\nby: person:alice\nby: person:alice\ntype: note\ntext: x\n", "duplicate-key", 3),
        ("", "not-a-mapping", 1),
    ],
)
def test_what_is_wrong_is_told_at_its_place(entry: str, rule: str, line: int) -> None:
    found = lint(snapshot({f"{FOLDER}/a.yaml": entry}))
    assert [(one.rule, one.place.file, one.place.line, one.record) for one in found] == [
        (rule, f"{FOLDER}/a.yaml", line, "INC-20260304-k7qz")
    ]


def test_an_entry_that_cannot_be_read_makes_its_record_doubtful() -> None:
    record = snapshot({f"{FOLDER}/a.yaml": "at: [\n"}).records["INC-20260304-k7qz"]
    assert (record.valid, record.whole) == (False, False)


def test_without_its_record_an_entry_is_told_and_kept_from_nobody_else() -> None:
    found = lint(load(MemorySource({**ALICE, f"{FOLDER}/a.yaml": FIRST})))
    assert [(one.rule, one.place.file) for one in found] == [("orphan-entry", f"{FOLDER}/a.yaml")]


def test_findings_in_entries_of_restricted_records_are_withheld() -> None:
    restricted = INCIDENT.replace("urgency: high", "urgency: high\nvisibility: restricted")
    loaded = snapshot({RECORD: restricted, f"{FOLDER}/a.yaml": FIRST.replace("alice", "bob")})
    now = parse_time("2026-03-05T00:00:00Z")
    assert now is not None
    told = edition(loaded, now, "internal", lint(loaded)).findings
    assert [(one.rule, "bob" in one.message) for one in told] == [("withheld", False)]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {f"{FOLDER}/a.yaml": FIRST},
        {f"{FOLDER}/a.yaml": FIRST, f"{FOLDER}/b.yaml": "at: [\n"},
        {RECORD: INCIDENT.replace("high", "hihg")},
        {"records/people/alice.yaml": "name: Alice\nnonsense: 1\n"},
        {"itsm.yaml": "format: 1\ntime_zone: Europe/Zurich\n"},
        {RECORD: "title: ["},
        {"records/unknown/x.yaml": "title: x\n"},
    ],
)
@pytest.mark.parametrize("before", [{}, {f"{FOLDER}/a.yaml": THIRD}, {RECORD: INCIDENT.replace("high", "hihg")}])
def test_a_known_snapshot_changes_nothing_but_the_time_it_takes(
    files: Mapping[str, str], before: Mapping[str, str]
) -> None:
    known = snapshot(before)
    fresh, lent = snapshot(files), snapshot(files, known)
    assert lint(lent) == lint(fresh)
    assert {at: (one.fields, one.valid, one.files) for at, one in lent.records.items()} == {
        at: (one.fields, one.valid, one.files) for at, one in fresh.records.items()
    }
    assert (lent.texts, lent.entry_files, lent.graph) == (fresh.texts, fresh.entry_files, fresh.graph)


def test_what_is_the_same_is_not_read_again() -> None:
    known = snapshot({f"{FOLDER}/a.yaml": FIRST})
    lent = snapshot({f"{FOLDER}/a.yaml": FIRST, "records/people/bob.yaml": "name: Bob\n"}, known)
    assert lent.records["INC-20260304-k7qz"] is known.records["INC-20260304-k7qz"]
    assert snapshot({}, known).records["INC-20260304-k7qz"] is not known.records["INC-20260304-k7qz"]


def test_a_late_entry_in_a_file_of_its_own_is_in_order() -> None:
    late = FIRST + "recorded_at: 2026-03-04T05:00:00Z\n"
    assert lint(snapshot({f"{FOLDER}/a.yaml": late})) == ()
