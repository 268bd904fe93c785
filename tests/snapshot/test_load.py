"""Loading: one bad file never hides another's findings; ids, paths, shadowed records; derived facts."""

from itsm_as_code.model.reference import is_id, path_of
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.snapshot import derive
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

KINDS = load_kinds({})
SMALLEST = """\
title: Checkout returns 500 for all customers
impact: high
urgency: high
services: [service:checkout]
visibility: public
public: {level: major-outage, message: Customers cannot pay.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
"""
PATH = "records/incidents/2026/INC-20260304-k7qz.yaml"


def test_one_bad_file_never_hides_anothers_findings() -> None:
    files: dict[str, str | bytes] = {
        "records/teams/a.yaml": b"\xff\xfe\x00",
        "records/teams/b.yaml": "name: [unclosed\n",
        "records/teams/c.yaml": "name: x\nnmae: y\n",
        "records/teams/d.yaml": "",
        "records/teams/e.yaml": "name: Good team\n",
        "records/teams/f.yaml": f"name: {'9' * 5000}\n",
        "records/teams/g.yaml": "a: " + "[" * 5000,
    }
    snapshot = load(MemorySource(files))
    assert sorted({fault.file for fault in snapshot.faults}) == [f"records/teams/{name}.yaml" for name in "abcdfg"]
    assert [record.id for record in snapshot.of("team")] == ["e"]


def test_every_file_is_there_under_its_address() -> None:
    snapshot = load(MemorySource({PATH: SMALLEST, "records/teams/Bad Name.yaml": "name: Bad name\n"}))
    assert list(snapshot.records) == ["INC-20260304-k7qz", "team:Bad Name"]


def test_two_files_of_one_id() -> None:
    snapshot = load(MemorySource({"records/teams/a.yaml": "name: One\n", "records/teams/sub/a.yaml": "name: Other\n"}))
    assert [record.file for record in snapshot.shadowed] == ["records/teams/sub/a.yaml"]


def test_the_record_is_the_file_where_its_id_demands() -> None:
    snapshot = load(MemorySource({"records/teams/a/b.yaml": "name: Astray\n", "records/teams/b.yaml": "name: Right\n"}))
    assert snapshot.records["team:b"].title == "Right"
    assert [record.file for record in snapshot.shadowed] == ["records/teams/a/b.yaml"]


def test_strays() -> None:
    files = {
        "records/teams/README.md": "hello",
        "records/teams/.gitkeep": "",
        "records/teams/a.yml": "name: A team\n",
        "records/teams/notes.txt": "x",
        "records/loose.yaml": "name: A team\n",
        "records/taems/b.yaml": "name: A team\n",
    }
    found = {(fault.rule, fault.file, fault.message) for fault in load(MemorySource(files)).faults}
    assert {(rule, file) for rule, file, _ in found} == {
        ("misnamed-file", "records/teams/a.yml"),
        ("stray-file", "records/teams/notes.txt"),
        ("id-path-mismatch", "records/loose.yaml"),
        ("id-path-mismatch", "records/taems/b.yaml"),
    }
    assert any("did you mean teams?" in message for _, _, message in found)


def test_paths_are_a_function_of_the_id() -> None:
    assert path_of(KINDS["incident"], "INC-20260304-k7qz") == PATH
    assert path_of(KINDS["incident"], "INC-0010001") == "records/incidents/0010/INC-0010001.yaml"
    assert path_of(KINDS["ci"], "web-01") == "records/cis/web-01.yaml"


def test_ids() -> None:
    good = {"incident": ["INC-20260304-k7qz", "INC-1", "INC-0010001"], "ci": ["web-01", "a.b_c"], "asset": ["LT-0017"]}
    bad = {
        "incident": ["INC-20260304-k7il", "inc-1", "INC-", "PRB-1", "INC-20260304-K7QZ", "INC-1\n"],
        "ci": ["Web-01", "-a", "..", "a/b", "a..b", "ä", "", "a" * 200, "a."],
        "asset": ["_x", "a b"],
    }
    for kind, ids in good.items():
        assert all(is_id(KINDS[kind], id_) for id_ in ids)
    for kind, ids in bad.items():
        assert not any(is_id(KINDS[kind], id_) for id_ in ids)


def test_what_is_derived_is_never_needed() -> None:
    snapshot = load(MemorySource({PATH: SMALLEST}))
    record = snapshot.records["INC-20260304-k7qz"]
    assert snapshot.faults == ()
    assert record.state == "new"
    assert record.visibility == "public"
    assert derive.computed(record, snapshot.config) == {
        "priority": 1,
        "opened_at": "2026-03-04T03:07:00+01:00",
        "reported_by": "person:alice",
    }


def test_priority_override_wins() -> None:
    text = SMALLEST + "priority_override: {value: 3, reason: Only staff see it.}\n"
    snapshot = load(MemorySource({PATH: text}))
    assert derive.priority(snapshot.records["INC-20260304-k7qz"], snapshot.config) == 3


def test_the_outage_window_is_the_planned_one_unless_it_says_otherwise() -> None:
    planned = (
        "title: Fail over\ntype: normal\nreason: x\nplanned: {start: 2026-03-01T20:00:00Z, end: 2026-03-01T22:00:00Z}\n"
    )
    files = {
        "records/changes/0000/CHG-1.yaml": planned + "outage: {expected: true}\n",
        "records/changes/0000/CHG-2.yaml": planned + "outage: {expected: true, start: 2026-03-01T20:30:00Z}\n",
    }
    records = load(MemorySource(files)).records
    assert derive.outage_window(records["CHG-1"]) == ("2026-03-01T20:00:00Z", "2026-03-01T22:00:00Z")
    assert derive.outage_window(records["CHG-2"]) == ("2026-03-01T20:30:00Z", "2026-03-01T22:00:00Z")


def test_an_unknown_visibility_hides() -> None:
    snapshot = load(MemorySource({PATH: SMALLEST.replace("visibility: public", "visibility: pubic")}))
    assert snapshot.records["INC-20260304-k7qz"].visibility == "restricted"
