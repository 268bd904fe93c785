"""Transitions: the lifecycle is asked first, then what the state needs; then one entry and one word change."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.transition import Move, plan_transition, tells
from itsm_as_code.errors import ItsmError
from tests.editing.organisation import FILES, INCIDENT, NOW, lines, record, stamp

INC, CHG = "INC-20260304-k7qz", "CHG-20260303-m2nk"
WORKED_ON = {
    INCIDENT: FILES[INCIDENT]
    .replace("state: new", "state: on-hold\nhold_reason: awaiting-vendor")
    .replace("timeline:\n", "assignment: {team: team:web}\ntimeline:\n")
    + "  - {at: 2026-03-04T08:30:00+01:00, by: person:alice, type: transition, to: on-hold}\n"
}


def move(address: str, to: str, *settings: str, reason: str = "", extra: Mapping[str, str] | None = None) -> Plan:
    return plan_transition(*record(address, extra), Move(to, reason, settings), stamp())


def refused(address: str, to: str, *settings: str, extra: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ItsmError) as error:
        move(address, to, *settings, extra=extra)
    return str(error.value)


def test_a_move_writes_the_state_and_an_entry() -> None:
    plan = move(INC, "in-progress", "assignment.team=web", reason="Alice has it.")
    assert lines(plan) == [
        "-state: new",
        "+state: in-progress",
        "+assignment:",
        "+  team: team:web",
        (
            "+  - {at: 2026-03-04T09:00:00+01:00, by: person:alice, type: transition, to: in-progress,"
            ' reason: "Alice has it."}'
        ),
    ]
    assert plan.said == (f"{INC}: new → in-progress; assignment.team is team:web",)
    assert plan.subject == f"{INC}: new → in-progress"
    assert plan.body == "Alice has it.\nassignment.team is team:web"


def test_a_record_without_a_log_only_changes_its_state() -> None:
    assert lines(move("ci:web-01", "maintenance")) == ["-state: operational", "+state: maintenance"]
    snapshot, ci = record("ci:web-01")
    assert not tells(ci, Move("maintenance"))
    assert tells(ci, Move("maintenance", "Fan."))
    assert lines(move("ci:web-01", "maintenance", reason="Fan."))[-2] == "+timeline:"
    assert snapshot.records["ci:web-01"] is ci


def test_the_word_for_why_it_waited_goes_with_the_state() -> None:
    plan = move(INC, "in-progress", extra=WORKED_ON)
    assert "-hold_reason: awaiting-vendor" in lines(plan)
    assert plan.said == (f"{INC}: on-hold → in-progress; hold_reason dropped",)
    kept = move(INC, "in-progress", "hold_reason=awaiting-change", extra=WORKED_ON)
    assert "+hold_reason: awaiting-change" in lines(kept)


def test_twice_is_once() -> None:
    plan = move(INC, "on-hold", "hold_reason=awaiting-vendor", extra=WORKED_ON)
    assert plan.edits == ()
    assert plan.said == (f"nothing to do: {INC} is on-hold already",)
    words = refused(INC, "on-hold", "hold_reason=awaiting-change", extra=WORKED_ON)
    assert words == f"{INC} is on-hold already (set its fields: itsm set {INC} FIELD=VALUE)"


def test_a_step_that_the_lifecycle_has_not_is_refused_with_those_it_has() -> None:
    assert refused(INC, "closed") == (
        f"{INC} cannot go from new to closed"
        " (from new it goes to in-progress, on-hold, resolved or canceled; go by way of resolved)"
    )
    assert refused(CHG, "closed").endswith("; go by way of review)")
    assert refused("ci:web-01", "planned") == (
        "ci:web-01 cannot go from operational to planned (from operational it goes to maintenance or retiring)"
    )


def test_nothing_comes_after_the_end() -> None:
    extra = {INCIDENT: FILES[INCIDENT].replace("state: new", "state: canceled")}
    assert refused(INC, "new", extra=extra) == f"{INC} is canceled, and no state comes after that"


def test_states_that_there_are_not() -> None:
    assert refused(INC, "done") == "incidents have no state done (did you mean resolved?)"
    assert refused(INC, "reslved") == "incidents have no state reslved (did you mean resolved?)"
    assert refused(INC, "xyzzy").startswith("incidents have no state xyzzy; there are new, in-progress")
    assert refused("team:web", "live") == "teams have no states"
    odd = {INCIDENT: FILES[INCIDENT].replace("state: new", "state: odd")}
    assert refused(INC, "closed", extra=odd).startswith(f"{INC} is in state odd, which its lifecycle does not know")


def test_what_the_state_needs_is_named_with_the_words_that_give_it() -> None:
    assert refused(INC, "resolved") == (
        f"{INC} cannot become resolved: assignment.team and resolution.code are missing"
        " (give --set assignment.team=team:… and --set resolution.code=fixed|workaround|known-error|vendor-fix|"
        "user-education|no-fault-found|duplicate|self-healed)"
    )
    assert refused(INC, "in-progress").startswith(f"{INC} cannot become in-progress: assignment.team is missing")
    with pytest.raises(ItsmError, match=r"give --set assignment.team=team:… and --code"):
        plan_transition(*record(INC), Move("resolved", flags={"resolution.code": "--code"}), stamp())


def test_a_move_before_the_last_one_is_refused() -> None:
    early = stamp(NOW - timedelta(minutes=40))
    with pytest.raises(ItsmError, match=r"is too early: INC-\S+ became on-hold at 2026-03-04T08:30:00\+01:00"):
        plan_transition(*record(INC, WORKED_ON), Move("in-progress"), early)
    before = stamp(NOW - timedelta(hours=2))
    with pytest.raises(ItsmError, match=r"is too early: INC-\S+ was opened at"):
        plan_transition(*record(INC), Move("canceled"), before)
