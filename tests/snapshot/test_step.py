"""Steps: what differs between two snapshots, record by record, field by field."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.snapshot.difference import ABSENT
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.writing.record import render_record

FILE = "records/cis/web-01.yaml"
CI = """\
title: web-01
class: server
owner: team:web
attributes: {cores: 4, disks: [a, b]}
relations:
  - {type: depends_on, to: ci:pg-1}
  - {type: runs_on, to: ci:host-1}
tags: [x, y]
"""
INCIDENT_FILE = "records/incidents/2026/INC-20260304-k7qz.yaml"
INCIDENT = """\
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:00:00Z, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00Z, by: person:alice, type: note, text: Second.}
"""


def snapshot(files: Mapping[str, str]) -> Snapshot:
    return load(MemorySource(files))


def step(before: Mapping[str, str], after: Mapping[str, str]) -> Step:
    return Step(snapshot(before), snapshot(after))


def fields(before: str, after: str) -> list[tuple[str, Any, Any]]:
    edit = step({FILE: before}, {FILE: after}).edits.get("ci:web-01")
    return [(field.name, field.old, field.new) for field in edit.fields] if edit else []


def test_a_step_from_a_snapshot_to_itself_is_empty() -> None:
    here = snapshot({FILE: CI, INCIDENT_FILE: INCIDENT})
    assert Step(here, here).edits == {}
    again = Step(here, snapshot({INCIDENT_FILE: INCIDENT, FILE: CI}))
    assert dict(again.edits) == {}
    assert not again.files
    assert dict(again.renumbered) == {}


def test_layout_is_no_edit_but_touches_the_file() -> None:
    found = step({FILE: CI}, {FILE: f"# A comment\n{CI}"})
    assert dict(found.edits) == {}
    assert found.files == {FILE}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("owner: team:web", "owner: team:ops", [("owner", "team:web", "team:ops")]),
        ("owner: team:web\n", "", [("owner", "team:web", ABSENT)]),
        ("tags: [x, y]", "tags: [x, y]\nenvironment: production", [("environment", ABSENT, "production")]),
        ("cores: 4", "cores: 8", [("attributes.cores", 4, 8)]),
        ("cores: 4", 'cores: "4"', [("attributes.cores", 4, "4")]),
        ("cores: 4", "cores: true", [("attributes.cores", 4, True)]),
        ("[a, b]", "[b, c]", [("attributes.disks[c]", ABSENT, "c"), ("attributes.disks[a]", "a", ABSENT)]),
        ("[a, b]", "[b, a]", [("attributes.disks", ["a", "b"], ["b", "a"])]),
        ("[a, b]", "[a, b, b]", [("attributes.disks[b#2]", ABSENT, "b")]),
        ("[x, y]", "[]", [("tags[x]", "x", ABSENT), ("tags[y]", "y", ABSENT)]),
        (
            "  - {type: runs_on, to: ci:host-1}\n",
            "  - {type: depends_on, to: ci:host-1}\n",
            [("relations[ci:host-1].type", "runs_on", "depends_on")],
        ),
        (
            "  - {type: depends_on, to: ci:pg-1}\n",
            "",
            [("relations[ci:pg-1]", {"type": "depends_on", "to": "ci:pg-1"}, ABSENT)],
        ),
        ("attributes: {cores: 4, disks: [a, b]}", "attributes: none", None),
    ],
)
def test_fields_by_their_names(old: str, new: str, expected: list[tuple[str, Any, Any]] | None) -> None:
    assert old in CI
    found = fields(CI, CI.replace(old, new))
    assert found == (expected or [("attributes", {"cores": 4, "disks": ["a", "b"]}, "none")])
    assert fields(CI, CI) == []


def test_paths_lead_to_the_value_in_head_and_of_what_is_gone_in_base() -> None:
    changed = CI.replace("  - {type: depends_on, to: ci:pg-1}\n", "").replace("runs_on", "hosted_on")
    found = step({FILE: CI}, {FILE: changed}).edits["ci:web-01"]
    assert [field.path for field in found.fields] == [("relations", 0, "type"), ("relations", 0)]


def test_records_that_come_and_go() -> None:
    found = step({FILE: CI}, {INCIDENT_FILE: INCIDENT})
    assert [(edit.address, edit.is_added, edit.is_removed, edit.added) for edit in found.edits.values()] == [
        ("INC-20260304-k7qz", True, False, (0, 1)),
        ("ci:web-01", False, True, ()),
    ]
    assert found.edits["ci:web-01"].record.file == FILE


def test_entries_that_are_added_and_lost() -> None:
    third = "  - {at: 2026-03-04T03:40:00Z, by: person:alice, type: note, text: Third.}\n"
    found = step({INCIDENT_FILE: INCIDENT}, {INCIDENT_FILE: INCIDENT + third}).edits["INC-20260304-k7qz"]
    assert (found.fields, found.added, found.lost) == ((), (2,), ())
    assert found.new_entries[0]["text"] == "Third."
    found = step({INCIDENT_FILE: INCIDENT}, {INCIDENT_FILE: INCIDENT.replace("Second", "2nd")}).edits[
        "INC-20260304-k7qz"
    ]
    assert (found.added, found.lost) == ((1,), (1,))


def test_an_entry_that_moves_into_a_file_of_its_own_is_the_same_entry() -> None:
    own, _, note = INCIDENT.rpartition("  - ")
    entry = f"{INCIDENT_FILE.removesuffix('.yaml')}.d/a.yaml"
    found = step({INCIDENT_FILE: INCIDENT}, {INCIDENT_FILE: own, entry: note})
    assert found.edits == {}
    assert found.files == {INCIDENT_FILE, entry}


def test_what_could_not_be_read_is_not_sure() -> None:
    found = step({FILE: CI}, {FILE: "title: [\n"}).edits["ci:web-01"]
    assert not found.is_sure


def test_a_record_in_another_file_is_moved() -> None:
    found = step({FILE: CI}, {"records/cis/old/web-01.yaml": CI}).edits["ci:web-01"]
    assert (found.is_moved, found.fields) == (True, ())


@pytest.mark.parametrize(
    ("after", "renumbered"),
    [
        ({"records/cis/web-02.yaml": CI}, {"ci:web-01": "ci:web-02"}),
        ({"records/cis/web-02.yaml": CI + "aliases: [web-01]\n"}, {"ci:web-01": "ci:web-02"}),
        ({"records/cis/web-02.yaml": "title: web-01\nclass: vm\n"}, {}),
        ({"records/cis/web-02.yaml": CI, "records/cis/web-03.yaml": CI}, {}),
        ({"records/cis/web-02.yaml": CI, FILE: CI}, {}),
    ],
)
def test_a_record_with_a_new_id_is_known_again(after: Mapping[str, str], renumbered: Mapping[str, str]) -> None:
    assert step({FILE: CI}, after).renumbered == renumbered


VALUES = st.recursive(
    st.booleans() | st.integers(-5, 5) | st.text("abc", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_a_step_is_empty_only_where_values_are_the_same(old: object, new: object) -> None:
    kind = snapshot({}).kinds["ci"]
    texts = [render_record({"title": "web-01", "class": "server", "x-any": value}, kind) for value in (old, new)]
    forth, back = fields(*texts), fields(*reversed(texts))
    same = repr(old) == repr(new) or (
        old == new and load(MemorySource({FILE: texts[0]})).texts == load(MemorySource({FILE: texts[1]})).texts
    )
    assert (forth == []) == (back == [])
    if same:
        assert forth == []
    if old != new:
        assert forth != []
    assert len({name for name, _, _ in forth}) == len(forth)
