"""Assignments: a team or a person, the team of a person where it is clear."""

from collections.abc import Mapping

import pytest

from itsm_as_code.editing.assign import plan_assign
from itsm_as_code.editing.plan import Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from tests.editing.organisation import FILES, INCIDENT, lines, record, stamp

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"


def held_by(**assignment: str) -> Mapping[str, str]:
    fields = ", ".join(f"{name}: {value}" for name, value in assignment.items())
    return {INCIDENT: FILES[INCIDENT].replace("timeline:\n", f"assignment: {{{fields}}}\ntimeline:\n")}


def assign(address: str, named: str, extra: Mapping[str, str] | None = None) -> Plan:
    return plan_assign(*record(address, extra), named, stamp())


def outcome(plan: Plan, address: str = INC) -> tuple[object, object]:
    """Return the assignment, and to whom the last entry says it went."""
    files: dict[str, str | bytes] = {**FILES, **{edit.path: edit.after or b"" for edit in plan.edits}}
    after = load(MemorySource(files)).records[address]
    assert after.valid
    return after.fields["assignment"], after.timeline[-1]["to"]


def test_a_team_is_found_without_its_kind() -> None:
    plan = assign(INC, "web")
    assert outcome(plan) == ({"team": "team:web"}, "team:web")
    assert plan.said == (f"{INC}: assigned to team:web",)
    assert plan.subject == f"{INC}: assigned to team:web"
    assert lines(plan)[:2] == ["+assignment:", "+  team: team:web"]


def test_a_person_brings_the_only_team() -> None:
    plan = assign(INC, "al")
    assert outcome(plan) == ({"team": "team:web", "person": "person:alice"}, "person:alice")
    assert plan.said == (f"{INC}: assigned to person:alice of team:web",)


@pytest.mark.parametrize(
    ("before", "named", "expected"),
    [
        ({"team": "team:dba"}, "bob", {"team": "team:dba", "person": "person:bob"}),
        ({"team": "team:dba"}, "alice", {"team": "team:web", "person": "person:alice"}),
        ({"team": "team:dba"}, "carol", {"team": "team:dba", "person": "person:carol"}),
        ({"team": "team:web", "person": "person:alice"}, "dba", {"team": "team:dba"}),
        ({"team": "team:web", "person": "person:alice"}, "web", {"team": "team:web"}),
        ({"person": "person:alice"}, "web", {"team": "team:web"}),
    ],
)
def test_what_becomes_of_the_present_team(before: dict[str, str], named: str, expected: dict[str, str]) -> None:
    assert outcome(assign(INC, named, held_by(**before)))[0] == expected


def test_a_person_of_no_team_has_none() -> None:
    assert outcome(assign(INC, "carol"))[0] == {"person": "person:carol"}


def test_a_person_of_several_teams_is_not_guessed() -> None:
    with pytest.raises(ItsmError) as error:
        assign(INC, "bob")
    assert str(error.value) == (
        f"person:bob is in team:dba and team:web (say for which: first itsm assign {INC} team:dba, then person:bob)"
    )


def test_twice_is_once() -> None:
    plan = assign(INC, "web", held_by(team="team:web"))
    assert plan.edits == ()
    assert plan.said == (f"nothing to do: {INC} is assigned to team:web already",)
    assert assign(INC, "alice", held_by(team="team:web", person="person:alice")).edits == ()


def test_a_change_has_it_all_in_one_file() -> None:
    assert [edit.path for edit in assign(CHG, "web").edits] == ["records/changes/2026/CHG-20260303-m2nk.yaml"]


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(ItsmError, match=r"there is no team or person wbe \(did you mean team:web\?\)"):
        assign(INC, "wbe")
    with pytest.raises(ItsmError, match=r"service:shop is a service"):
        assign(INC, "webshop")
    with pytest.raises(ItsmError, match=r"configuration items are not assigned to anybody \(name who owns it"):
        assign("ci:web-01", "web")
    with pytest.raises(ItsmError, match=r"people are not assigned to anybody"):
        assign("person:alice", "web")
