"""What the commands for incidents plan: outages, levels, communications, escalations, resolutions, tasks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest

from itsm_as_code.editing.communicate import Message, plan_communication
from itsm_as_code.editing.escalate import plan_escalate
from itsm_as_code.editing.impact_level import plan_impact_level
from itsm_as_code.editing.levels import read_level
from itsm_as_code.editing.major import Review, Roles, plan_close, plan_declare, plan_update
from itsm_as_code.editing.outage import Outage, plan_outage
from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.resolve import Ending, plan_resolve
from itsm_as_code.editing.tasks import plan_task, tasks_of
from itsm_as_code.errors import ItsmError
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource, OverlaySource
from tests.editing.organisation import FILES, INCIDENT, NOW, stamp

ID = "INC-20260304-k7qz"
SHOP = "records/services/shop.yaml"
EXTRA: Mapping[str, str] = {
    SHOP: FILES[SHOP] + "visibility: public\nsupport_team: team:dba\n",
    "records/services/pay.yaml": "title: Payments\nowner: team:web\ntier: 1\nstate: live\n",
    "records/services/wiki.yaml": "title: Wiki\nowner: team:web\ntier: 4\nstate: live\n",
    "records/teams/empty.yaml": "name: Nobody\n",
}
OPEN = FILES[INCIDENT].replace("state: new", "state: in-progress\nassignment: {team: team:web}\nvisibility: public") + (
    "  - {at: 2026-03-04T08:10:00+01:00, by: person:alice, type: transition, to: in-progress}\n"
)
DOWN = OPEN.replace("visibility: public", "visibility: public\npublic: {level: major-outage}")
MAJOR = DOWN.replace("services:", "major: {state: declared, manager: person:bob, update_every: PT30M}\nservices:")
RESOLVED = MAJOR.replace("in-progress", "resolved", 1).replace("services:", "resolution: {code: fixed}\nservices:") + (
    "  - {at: 2026-03-04T08:30:00+01:00, by: person:alice, type: transition, to: resolved}\n"
)


def organisation(incident: str = FILES[INCIDENT]) -> Snapshot:
    return load(source(incident))


def source(incident: str) -> MemorySource:
    return MemorySource({**FILES, **EXTRA, INCIDENT: incident})


def carried_out(plan: Plan, incident: str = FILES[INCIDENT]) -> Snapshot:
    """Return the organisation after a plan, which brings no error."""
    head = load(OverlaySource(source(incident), {edit.path: edit.after for edit in plan.edits}))
    before = {(fault.rule, fault.message) for fault in lint(organisation(incident))}
    found = [(each.rule, each.message) for each in lint(head) if each.severity == "error"]
    assert [each for each in found if each not in before] == []
    return head


def added(plan: Plan, incident: str) -> Sequence[Mapping[str, Any]]:
    """Return the timeline entries that a plan adds to the incident, without `at` and `by`."""
    record = carried_out(plan, incident).records[ID]
    known = len(organisation(incident).records[ID].timeline)
    return [{key: value for key, value in each.items() if key not in ("at", "by")} for each in record.timeline[known:]]


def refused(call: Any, *arguments: Any) -> str:  # noqa: ANN401 - any plan
    with pytest.raises(ItsmError) as error:
        call(*arguments)
    return str(error.value)


def outage(**said: Any) -> Outage:  # noqa: ANN401 - fields of Outage
    return Outage(**{"title": "Ordering fails", "services": ("shop",), "level": "major", **said})


def test_an_outage_is_an_incident_with_all_that_follows_from_the_service() -> None:
    plan = plan_outage(organisation(), outage(message="You cannot order."), stamp())
    (edit,) = plan.edits
    id_ = plan.records[0]
    assert edit.path == f"records/incidents/2026/{id_}.yaml"
    assert edit.before is None
    record = carried_out(plan).records[id_]
    assert {**record.fields, "timeline": [each["type"] for each in record.timeline]} == {
        "title": "Ordering fails",
        "visibility": "public",
        "impact": "high",
        "urgency": "medium",
        "services": ["service:shop"],
        "assignment": {"team": "team:dba"},
        "public": {"level": "major-outage"},
        "timeline": ["created", "impact", "communication"],
    }
    assert record.timeline[1]["level"] == "major-outage"
    assert record.timeline[2]["text"] == "You cannot order."
    assert record.timeline[2]["status"] == "investigating"
    assert record.timeline[2]["audience"] == "public"
    assert plan.said[:2] == (
        f"{id_}: Ordering fails",
        "major-outage of shop, priority 2, public, assigned to team:dba",
    )
    assert plan.subject == f"{id_}: Ordering fails"


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"services": ("pay,wiki", "shop")}, {"impact": "high", "urgency": "high", "visibility": "public"}),
        ({"services": ("wiki",)}, {"impact": "low", "urgency": "medium", "visibility": "internal"}),
        ({"services": ("pay",), "level": "slow"}, {"impact": "medium", "urgency": "medium"}),
        ({"level": "part"}, {"impact": "medium", "urgency": "medium"}),
        ({"impact": "LOW", "urgency": "h"}, {"impact": "low", "urgency": "high"}),
        ({"public": False, "message": "Hm."}, {"visibility": "internal", "public": None}),
        ({"services": ("wiki",), "public": True}, {"visibility": "public", "public": {"level": "major-outage"}}),
    ],
)
def test_what_is_not_said_follows_and_what_is_said_counts(said: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
    plan = plan_outage(organisation(), outage(**said), stamp())
    record = carried_out(plan).records[plan.records[0]]
    assert {name: record.fields.get(name) for name in fields} == fields


def test_an_outage_that_is_written_late_says_so_and_one_that_is_known_is_named() -> None:
    plan = plan_outage(organisation(DOWN), outage(), stamp(NOW - timedelta(minutes=30)))
    assert f"note: {ID} is open for it, too: Checkout is slow" in plan.said
    assert "recorded_at" not in str(plan.edits[0].after)
    late = plan_outage(organisation(), outage(), stamp(NOW - timedelta(hours=3)))
    record = carried_out(late).records[late.records[0]]
    assert [each["recorded_at"] for each in record.timeline] == ["2026-03-04T09:00:00+01:00"] * 2
    assert not any(line.startswith("note:") for line in late.said)


def test_an_id_of_another_branch_is_not_taken() -> None:
    first = plan_outage(organisation(), outage(), stamp()).records[0]
    second = plan_outage(organisation(), outage(taken=frozenset({first})), stamp()).records[0]
    assert first != second


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": "  "}, 'the title is empty (say what users notice: itsm outage "Checkout is down" --service shop)'),
        ({"services": ()}, "no service is named (say which: --service NAME; itsm list service lists them)"),
        ({"services": ("shpo",)}, "there is no service shpo (did you mean service:shop?)"),
        ({"services": ("web-01",)}, "ci:web-01 is a configuration item (a service is wanted here)"),
        ({"level": "majro"}, "majro is no level (did you mean major-outage?)"),
        ({"level": ""}, "an empty text is no level (write none, degraded, partial-outage or major-outage)"),
        ({"impact": "huge"}, "huge is no impact"),
    ],
)
def test_what_is_no_outage(said: Mapping[str, Any], words: str) -> None:
    assert refused(plan_outage, organisation(), outage(**said), stamp()).startswith(words)


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        ("major", "major-outage"),
        ("Major Outage", "major-outage"),
        ("DOWN", "major-outage"),
        ("p", "partial-outage"),
        ("slow", "degraded"),
        ("deg", "degraded"),
        ("ok", "none"),
    ],
)
def test_levels_go_by_many_words(typed: str, level: str) -> None:
    assert read_level(typed) == level


def test_a_level_is_an_entry_and_a_new_service_is_named_by_the_incident() -> None:
    snapshot = organisation(DOWN)
    plan = plan_impact_level(snapshot, snapshot.records[ID], ("shop", "pay"), "partial", stamp())
    assert added(plan, DOWN) == [
        {"type": "impact", "services": ["service:shop", "service:pay"], "level": "partial-outage"}
    ]
    record = carried_out(plan, DOWN).records[ID]
    assert record.fields["services"] == ["service:shop", "service:pay"]
    assert record.get("public.level") == "major-outage"
    assert plan.said == (
        f"{ID}: service:shop: major-outage → partial-outage",
        f"{ID}: service:pay: none → partial-outage",
        "service:pay added to services",
    )
    assert plan.subject == f"{ID}: shop, pay partial-outage"


def test_a_level_without_a_service_is_of_those_that_differ() -> None:
    snapshot = organisation(DOWN)
    record = snapshot.records[ID]
    assert plan_impact_level(snapshot, record, (), "down", stamp()).said == (
        "nothing to do: service:shop: major-outage already",
    )
    plan = plan_impact_level(snapshot, record, (), "up", stamp())
    assert added(plan, DOWN) == [{"type": "impact", "services": ["service:shop"], "level": "none"}]
    assert [edit.path.rpartition("/")[0] for edit in plan.edits] == [INCIDENT.replace(".yaml", ".d")]


def test_levels_of_what_is_over_or_names_nothing() -> None:
    over = organisation(RESOLVED)
    words = f"{ID} is resolved, and disturbs nobody any more (open it again: itsm transition {ID} in-progress)"
    assert refused(plan_impact_level, over, over.records[ID], (), "down", stamp()) == words
    none = organisation(OPEN.replace("services: [service:shop]   # the only one\n", ""))
    words = f"{ID} names no service (itsm impact-level {ID} SERVICE degraded)"
    assert refused(plan_impact_level, none, none.records[ID], (), "slow", stamp()) == words
    words = "service:shop is no incident (name an incident; itsm list incident lists them)"
    assert refused(plan_impact_level, over, over.records["service:shop"], (), "down", stamp()) == words


@pytest.mark.parametrize(
    ("incident", "message", "told"),
    [
        (OPEN, Message("We know.\n", "ident"), {"audience": "public", "status": "identified", "text": "We know."}),
        (OPEN, Message("We know.", audience="cust"), {"audience": "customers", "text": "We know."}),
        (FILES[INCIDENT], Message("a  \n\nb"), {"audience": "internal", "text": "a\n\nb"}),
    ],
)
def test_people_are_told(incident: str, message: Message, told: Mapping[str, Any]) -> None:
    snapshot = organisation(incident)
    plan = plan_communication(snapshot, snapshot.records[ID], message, stamp())
    assert added(plan, incident) == [{"type": "communication", **told}]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (Message(" \n"), "the text is empty (say what people shall read: what they notice, and when they hear more)"),
        (Message("x", audience="public"), f"{ID} is internal, so the public site would not show it (say --audience"),
        (Message("x", "done"), "done is no status"),
        (Message("x", audience="all"), "all is no audience (write public, customers, internal, management or vendor)"),
    ],
)
def test_what_is_not_told(message: Message, words: str) -> None:
    snapshot = organisation()
    assert refused(plan_communication, snapshot, snapshot.records[ID], message, stamp()).startswith(words)


def test_escalations_count_up_and_leave_the_assignment() -> None:
    snapshot = organisation(OPEN)
    plan = plan_escalate(snapshot, snapshot.records[ID], "", "dba", stamp())
    assert added(plan, OPEN) == [{"type": "escalated", "level": 2, "to": "team:dba"}]
    assert plan.said[1] == f"it stays assigned as it was; itsm assign {ID} team:dba hands it over"
    head = carried_out(plan, OPEN)
    assert plan_escalate(head, head.records[ID], "", "al", stamp()).said[0].endswith("to person:alice, level 3")
    assert plan_escalate(head, head.records[ID], "5", "al", stamp()).said[0].endswith("to person:alice, level 5")
    words = "there is no team or person alcie (did you mean person:alice?)"
    assert refused(plan_escalate, snapshot, snapshot.records[ID], "", "alcie", stamp()) == words


@pytest.mark.parametrize(
    ("address", "level", "words"),
    [
        (ID, "dba", "dba is no level (write a number from 1 on; --to says to whom)"),
        (ID, "0", "0 is no level (write a number from 1 on; --to says to whom)"),
        ("ci:web-01", "", "configuration items are not escalated (name what is worked on; ci:web-01 is not)"),
    ],
)
def test_what_is_not_escalated(address: str, level: str, words: str) -> None:
    snapshot = organisation(OPEN)
    assert refused(plan_escalate, snapshot, snapshot.records[address], level, "dba", stamp()) == words


def test_a_resolution_ends_the_levels_and_tells_people() -> None:
    snapshot = organisation(DOWN)
    ending = Ending("fixed", "Restarted: the pool = empty.\n", "It works again.")
    plan = plan_resolve(snapshot, snapshot.records[ID], ending, stamp())
    assert added(plan, DOWN) == [
        {"type": "transition", "to": "resolved"},
        {"type": "impact", "services": ["service:shop"], "level": "none"},
        {"type": "communication", "audience": "public", "status": "resolved", "text": "It works again."},
    ]
    record = carried_out(plan, DOWN).records[ID]
    assert record.state == "resolved"
    assert record.fields["resolution"] == {"code": "fixed", "notes": "Restarted: the pool = empty."}
    assert plan.said[1:] == ("service:shop works again, after major-outage", "told the public")


def test_a_resolution_from_new_needs_a_team_and_says_whom_nobody_told() -> None:
    public = FILES[INCIDENT].replace("state: new", "visibility: public")
    snapshot = organisation(public)
    record = snapshot.records[ID]
    words = refused(plan_resolve, snapshot, record, Ending("fixed"), stamp())
    assert words.startswith(f"{ID} cannot become resolved: assignment.team is missing (give --set assignment.team=")
    words = refused(plan_resolve, snapshot, record, Ending(settings=("assignment.team=web",)), stamp())
    assert words == f"{ID} cannot become resolved: resolution.code is missing (give --code CODE)"
    plan = plan_resolve(snapshot, record, Ending("fixed", settings=("assignment.team=web",)), stamp())
    assert [each["type"] for each in added(plan, public)] == ["transition"]
    assert plan.said[-1] == f'nobody was told: itsm communicate {ID} "It works again." --status resolved'


def test_what_is_not_resolved() -> None:
    snapshot = organisation(RESOLVED)
    assert plan_resolve(snapshot, snapshot.records[ID], Ending(), stamp()).said == (
        f"nothing to do: {ID} is resolved already",
    )
    words = "configuration items are not resolved (itsm transition ci:web-01 STATE moves it)"
    assert refused(plan_resolve, snapshot, snapshot.records["ci:web-01"], Ending("fixed"), stamp()) == words
    words = refused(plan_resolve, organisation(OPEN), organisation(OPEN).records[ID], Ending("fixt"), stamp())
    assert "did you mean fixed?" in words


def test_who_declares_a_major_incident_leads_it() -> None:
    snapshot = organisation(OPEN)
    plan = plan_declare(snapshot, snapshot.records[ID], Roles(), stamp())
    assert carried_out(plan, OPEN).records[ID].fields["major"] == {"state": "declared", "manager": "person:alice"}
    assert added(plan, OPEN) == [{"type": "note", "text": "Major incident: person:alice leads."}]


def test_roles_are_given_and_changed() -> None:
    snapshot = organisation(OPEN)
    plan = plan_declare(snapshot, snapshot.records[ID], Roles("bob", "al", "1h30m"), stamp())
    head = carried_out(plan, OPEN)
    assert head.records[ID].fields["major"] == {
        "state": "declared",
        "manager": "person:bob",
        "comms_lead": "person:alice",
        "update_every": "PT1H30M",
    }
    assert plan_declare(head, head.records[ID], Roles(), stamp()).said == (
        f"nothing to do: {ID} is a major incident already, and person:bob leads it",
    )
    plan = plan_declare(head, head.records[ID], Roles("carol"), stamp())
    assert plan.said == (f"{ID}: major incident: person:carol leads",)


@pytest.mark.parametrize(
    ("incident", "roles", "by", "words"),
    [
        (OPEN, Roles(), "team:web", "nobody leads it yet (say who: --manager PERSON)"),
        (OPEN, Roles("team:web"), "person:alice", "team:web is a team (a person is wanted here)"),
        (
            OPEN,
            Roles("", "", "often"),
            "person:alice",
            "--update-every often is no length of time (write 30m, 1h or PT",
        ),
        (
            OPEN,
            Roles("", "", "0m"),
            "person:alice",
            "--update-every 0m is no length of time (write 30m, 1h or PT1H30M)",
        ),
        (RESOLVED, Roles(), "person:alice", f"{ID} is resolved; it is too late to declare it (work on it is over)"),
    ],
)
def test_what_is_not_declared(incident: str, roles: Roles, by: str, words: str) -> None:
    snapshot = organisation(incident)
    assert refused(plan_declare, snapshot, snapshot.records[ID], roles, stamp(by=by)).startswith(words)


def test_an_update_says_when_the_next_one_is_due() -> None:
    snapshot = organisation(MAJOR)
    plan = plan_update(snapshot, snapshot.records[ID], Message("Still down.", "investigating"), stamp())
    assert plan.said == (f"{ID}: told the public, investigating", "next update by 09:30")
    plain = organisation(OPEN)
    words = f"{ID} is no major incident (declare it: itsm major declare {ID})"
    assert refused(plan_update, plain, plain.records[ID], Message("x"), stamp()) == words


def test_a_major_incident_is_closed_with_its_review() -> None:
    snapshot = organisation(RESOLVED)
    record = snapshot.records[ID]
    words = refused(plan_close, snapshot, record, Review(), stamp())
    assert words.startswith(
        f"{ID} was not reviewed, and a major incident is not closed without a review (give --review"
    )
    plan = plan_close(snapshot, record, Review("It was slow.", ("One pool.", "No alarm.")), stamp())
    head = carried_out(plan, RESOLVED)
    assert head.records[ID].fields["review"] == {
        "held_at": "2026-03-04T09:00:00+01:00",
        "summary": "It was slow.",
        "contributing_factors": ["One pool.", "No alarm."],
    }
    assert head.records[ID].state == "closed"
    assert plan.said[-1] == f"no problem asks why it happened: itsm new problem --from {ID}"
    assert plan_close(head, head.records[ID], Review(), stamp()).said == (f"nothing to do: {ID} is closed already",)


def test_a_review_that_is_there_is_enough_and_is_not_written_over() -> None:
    reviewed = RESOLVED.replace("services:", "review: {held_at: 2026-03-04T08:40:00+01:00, summary: Slow.}\nservices:")
    snapshot = organisation(reviewed)
    words = refused(plan_close, snapshot, snapshot.records[ID], Review("Other."), stamp())
    assert words.startswith(f"{ID} has a review already (leave --review out, or edit it: itsm set {ID} review.summary")
    assert plan_close(snapshot, snapshot.records[ID], Review(), stamp()).subject == f"{ID}: resolved → closed"
    still = organisation(MAJOR)
    words = f"{ID} is in-progress, and only what is resolved is closed (itsm resolve {ID} --code CODE --notes TEXT)"
    assert refused(plan_close, still, still.records[ID], Review("x"), stamp()) == words


CHANGE = "CHG-20260303-m2nk"
TASKS = "tasks:\n  - {id: t1, title: Drain}\n  - {id: Boot-2, title: Boot, owner: person:bob}\n"


def with_tasks() -> Snapshot:
    path = "records/changes/2026/CHG-20260303-m2nk.yaml"
    text = FILES[path].replace("timeline:", TASKS.replace("Boot-2", "boot-2") + "timeline:")
    return load(MemorySource({**FILES, path: text}))


def test_tasks_go_by_number_or_id() -> None:
    snapshot = with_tasks()
    record = snapshot.records[CHANGE]
    assert [(task.number, task.id, task.state, task.owner) for task in tasks_of(record)] == [
        (1, "t1", "open", ""),
        (2, "boot-2", "open", "person:bob"),
    ]
    plan = plan_task(snapshot, record, "2", "DONE", stamp())
    assert b"type: task, id: boot-2, state: done}" in (plan.edits[0].after or b"")
    assert plan.said == (f"{CHANGE}: task boot-2 (Boot): open → done", "1 of 2 left")
    assert plan_task(snapshot, record, "BOOT-2", "wip", stamp()).subject == f"{CHANGE}: task boot-2 in-progress"
    assert plan_task(snapshot, record, "t1", "open", stamp()).said == ("nothing to do: task t1 is open already",)


@pytest.mark.parametrize(
    ("task", "state", "words"),
    [
        ("3", "done", f"{CHANGE} has no task 3 (itsm task {CHANGE} lists them)"),
        ("bot-2", "done", f"{CHANGE} has no task bot-2 (did you mean boot-2?)"),
        ("1", "half", "half is no state of a task (write open, in-progress, done or canceled)"),
    ],
)
def test_what_is_no_task(task: str, state: str, words: str) -> None:
    snapshot = with_tasks()
    assert refused(plan_task, snapshot, snapshot.records[CHANGE], task, state, stamp()) == words


def test_records_without_tasks() -> None:
    snapshot = organisation()
    words = f"{CHANGE} has no tasks (add one: itsm set {CHANGE} 'tasks+={{id: t1, title: …}}')"
    assert refused(tasks_of, snapshot.records[CHANGE]) == words
    assert refused(tasks_of, snapshot.records["service:shop"]) == "services have no tasks"
