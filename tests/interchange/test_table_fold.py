"""Logs of any order become timelines that the lifecycle of their kind allows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.interchange.table.fold import Step, fold, route
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.reading.kinds import load_kinds

KINDS = load_kinds({})
INCIDENT = KINDS["incident"]
BEGUN = datetime(2026, 3, 4, tzinfo=UTC)


def step(minute: int, type_: str, to: str = "", *, soft: bool = False) -> Step:
    moment = BEGUN + timedelta(minutes=minute)
    entry = {"at": moment.isoformat(), "by": "team:x", "type": type_, **({"to": to} if to else {})}
    return Step(moment, entry, Row("log.csv", minute, {}), soft=soft)


def states(steps: Sequence[Step], wanted: str = "", way: Sequence[str] = ()) -> list[str]:
    """Return the states of the transitions, with their minutes."""
    folded = fold(INCIDENT, steps, wanted, way, "person:import")
    found = []
    for entry in folded.entries:
        if entry["type"] == "transition":
            minute = (datetime.fromisoformat(entry["at"]) - BEGUN) // timedelta(minutes=1)
            found.append(f"{entry['to']}@{minute}")
    return found


def closed(minute: int) -> Step:
    return step(minute, "transition", "closed")


def reopened(minute: int) -> Step:
    return step(minute, "transition", "in-progress")


def test_closing_goes_through_resolved() -> None:
    assert states([step(0, "created"), closed(5)]) == ["resolved@5", "closed@5"]


def test_what_was_closed_and_reopened_was_resolved_and_reopened() -> None:
    steps = [step(0, "created"), closed(5), reopened(7), closed(9)]
    assert states(steps, "closed") == ["resolved@5", "in-progress@7", "resolved@9", "closed@9"]


def test_reopened_twice() -> None:
    steps = [step(0, "created"), closed(1), reopened(2), closed(3), reopened(4), closed(5)]
    assert states(steps) == ["resolved@1", "in-progress@2", "resolved@3", "in-progress@4", "resolved@5", "closed@5"]


def test_a_repeat_is_dropped_and_told() -> None:
    folded = fold(INCIDENT, [step(0, "created"), closed(1), closed(2)], "closed", (), "person:import")
    assert [(note.row.number, note.reason) for note in folded.dropped] == [(2, "is closed already")]
    assert folded.guessed == []


def test_resolved_at_of_the_row_fills_the_gap_that_the_log_leaves() -> None:
    steps = [step(0, "created"), step(4, "transition", "resolved", soft=True), closed(5)]
    assert states(steps) == ["resolved@4", "closed@5"]


def test_the_log_knows_better_than_the_row() -> None:
    steps = [step(0, "created"), step(3, "transition", "closed", soft=True), closed(5)]
    assert states(steps) == ["resolved@5", "closed@5"]


def test_a_row_that_contradicts_the_log_undoes_nothing() -> None:
    steps = [step(0, "created"), closed(5), step(9, "transition", "resolved", soft=True)]
    folded = fold(INCIDENT, steps, "closed", (), "person:import")
    assert folded.state == "closed"
    assert [note.reason for note in folded.dropped] == ["resolved cannot follow closed"]


def test_the_state_of_the_record_is_where_it_ends() -> None:
    folded = fold(INCIDENT, [step(0, "created"), step(3, "note")], "closed", (), "person:import")
    assert [(entry["type"], entry["by"]) for entry in folded.entries[2:]] == [
        ("transition", "person:import"),
        ("transition", "person:import"),
    ]
    assert folded.state == "closed"
    assert [note.reason for note in folded.guessed] == [
        "is closed, and nothing says when (it was new so far): the last time known taken"
    ]


def test_a_log_that_went_too_far_is_taken_back() -> None:
    assert states([step(0, "created"), closed(5)], "in-progress") == ["resolved@5", "in-progress@5"]


def test_the_usual_way_is_gone_where_there_is_one() -> None:
    change = KINDS["change"]
    assert route(change, "new", "closed") == ["review", "closed"]
    way = ("new", "scheduled", "implement", "review", "closed")
    assert route(change, "new", "closed", way) == ["scheduled", "implement", "review", "closed"]
    assert route(change, "closed", "new", way) is None


def test_it_begins_with_one_created_entry_at_the_earliest_time() -> None:
    folded = fold(INCIDENT, [step(5, "created"), step(2, "note"), step(6, "created")], "", (), "person:import")
    assert [entry["type"] for entry in folded.entries] == ["created", "note"]
    assert folded.entries[0]["at"] == step(2, "note").entry["at"]
    assert [note.reason for note in folded.dropped] == ["was opened already"]


def test_who_has_it_already_is_not_assigned_again() -> None:
    steps = [step(0, "created"), *(step(minute, "assigned", team) for minute, team in enumerate("aab", start=1))]
    folded = fold(INCIDENT, steps, "", (), "person:import")
    assert [entry.get("to") for entry in folded.entries] == [None, "a", "b"]


@pytest.mark.parametrize("name", ["incident", "problem", "change", "request", "known-error"])
@given(data=st.data())
def test_whatever_the_log_says_the_timeline_is_legal(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    some = st.sampled_from(list(kind.states))
    minutes = st.integers(0, 9)
    log = data.draw(st.lists(st.tuples(minutes, st.sampled_from(["created", "note", "go", "soft"]), some), min_size=1))
    steps = [
        step(
            minute,
            "transition" if what in ("go", "soft") else what,
            to if what in ("go", "soft") else "",
            soft=what == "soft",
        )
        for minute, what, to in log
    ]
    folded = fold(kind, steps, data.draw(st.sampled_from(["", *kind.states])), (), "person:import")
    state = kind.initial
    for entry in folded.entries:
        if entry["type"] == "transition":
            assert entry["to"] in kind.states[state].to
            state = entry["to"]
    assert state == folded.state
    assert [entry["type"] == "created" for entry in folded.entries] == [True] + [False] * (len(folded.entries) - 1)
    ats = [entry["at"] for entry in folded.entries]
    assert ats == sorted(ats)
    notes = sum(1 for one in steps if one.type == "note")
    assert notes == sum(1 for entry in folded.entries if entry["type"] == "note")
