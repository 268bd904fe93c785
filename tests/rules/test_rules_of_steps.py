"""Rules of steps: what they leave alone, and the cases beside their pages."""

import json
from collections.abc import Mapping

import pytest

from itsm_as_code import resources
from itsm_as_code.rules.engine import lint_both, lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource
from tests.rules.test_rules_of_processes import CREATED, incident, moved

Files = Mapping[str, str | None]

INCIDENT = "records/incidents/2026/INC-20260304-aaaa.yaml"
FOLDER = INCIDENT.removesuffix(".yaml") + ".d/"
PROBLEM = "records/problems/2026/PRB-20260304-aaaa.yaml"
WEB = "records/cis/web-01.yaml"
FREEZE = "records/freezes/year-end.yaml"
CI = "title: Web server\nclass: server\nowner: team:ops\n"
DESK = "records/assets/DSK-0007.yaml"
SHIPPED = {
    "itsm.yaml": "format: 1\n",
    "records/people/alice.yaml": "name: Alice\n",
    "records/people/bruno.yaml": "name: Bruno\n",
    "records/teams/ops.yaml": "name: Operations\n",
}
NOTE = "{at: '2026-03-04T03:20:00Z', by: person:alice, type: note, text: It is the database.}"
LATE_NOTE = (
    "{at: '2026-03-04T03:05:00Z', recorded_at: '2026-03-04T09:00:00Z', by: person:bruno, type: note, text: Late.}"
)
RESOLVED = "state: resolved\nassignment: {team: team:ops}\nresolution: {code: fixed}\n"
CLOSED = RESOLVED.replace("state: resolved", "state: closed")
ENDED = (moved("resolved", 40), moved("closed", 50))


def snapshot(files: Mapping[str, str]) -> Snapshot:
    return load(MemorySource({**SHIPPED, **files}))


def step(before: Mapping[str, str], after: Files) -> Step:
    """Return a step to what is there when the files after it are put over those before; None takes one away."""
    head = {path: text for path, text in {**before, **after}.items() if text is not None}
    return Step(snapshot(before), snapshot(head))


def told(before: Mapping[str, str], after: Files) -> list[tuple[str, str]]:
    """Return rule and field of what the step rules find."""
    return [(finding.rule, finding.field) for finding in lint_step(step(before, after))]


def shown(before: Mapping[str, str], after: Files) -> list[tuple[str, str]]:
    """Return rule and field of what both sorts of rules find together."""
    return [(finding.rule, finding.field) for finding in lint_both(step(before, after))]


def edited(before: str, after: str, file: str = INCIDENT) -> list[tuple[str, str]]:
    return told({file: before}, {file: after})


# --- illegal-step


def test_one_edit_may_take_several_steps_of_the_lifecycle() -> None:
    assert edited(incident(), incident(CLOSED, *ENDED)) == []
    assert edited(f"{CI}state: planned\n", f"{CI}state: operational\n", WEB) == []
    assert edited(f"{CI}state: retiring\n", f"{CI}state: maintenance\n", WEB) == []


def test_a_state_that_nothing_leads_to_is_told() -> None:
    assert edited(f"{CI}state: operational\n", f"{CI}state: planned\n", WEB) == [("illegal-step", "state")]
    assert edited(f"{CI}state: operational\n", CI, WEB) == [("illegal-step", "state")]


def test_each_fault_of_a_state_is_told_once() -> None:
    base = {INCIDENT: incident(CLOSED, *ENDED)}
    assert shown(base, {INCIDENT: incident(RESOLVED, *ENDED)}) == [("illegal-step", "state")]
    assert shown(base, {INCIDENT: incident(RESOLVED, *ENDED, moved("resolved", 55))}) == [
        ("illegal-transition", "timeline[3].to")
    ]
    assert told(base, {INCIDENT: incident(RESOLVED, *ENDED, moved("resolved", 55))}) == [
        ("illegal-step", "timeline[3].to")
    ]
    # Resolved without a word: legal, but nobody said so.
    assert shown({INCIDENT: incident()}, {INCIDENT: incident(RESOLVED)}) == [("illegal-step", "state")]


def test_a_way_that_is_put_above_what_was_there_is_told() -> None:
    held = "state: resolved\nassignment: {team: team:ops}\nresolution: {code: fixed}\n"
    base = incident(held, moved("in-progress", 10), moved("resolved", 40))
    head = incident(held, moved("in-progress", 10), moved("on-hold", 20), moved("resolved", 40))
    (finding,) = lint_both(step({INCIDENT: base}, {INCIDENT: head}))
    assert (finding.rule, finding.field) == ("illegal-step", "timeline[2].to")
    assert "stands above one that was there before" in finding.message


@pytest.mark.parametrize(
    "head",
    [incident(RESOLVED, moved("resolved", 40)), incident(), incident(f"x-any: 1\n{RESOLVED}")],
    ids=["the entry is added", "the state is taken back", "another field"],
)
def test_a_chain_that_was_broken_before_may_be_mended(head: str) -> None:
    assert edited(incident(RESOLVED), head) == []


def test_the_lifecycle_of_before_counts() -> None:
    schema = json.loads((resources.schemas() / "freeze.schema.json").read_text(encoding="utf-8"))
    wide = {"schemas/freeze.schema.json": json.dumps(schema)}
    schema["x-itsm"]["lifecycle"]["states"]["active"]["to"] = ["draft"]
    schema["x-itsm"]["lifecycle"]["states"]["draft"]["to"] = ["active"]
    narrow = {"schemas/freeze.schema.json": json.dumps(schema)}
    base, lifted = ({FREEZE: FROZEN.replace("state: active", f"state: {state}")} for state in ("active", "lifted"))
    (finding,) = lint_step(step({**narrow, **base}, lifted))
    assert finding.rule == "illegal-step"
    assert "lifecycle of before" not in finding.message
    (finding,) = lint_step(step({**narrow, **base}, {**wide, **lifted}))
    assert finding.message.endswith("change the lifecycle in an edit of its own first")
    assert told({**wide, **base}, {**narrow, **lifted}) == []


# --- timeline-rewritten


def test_entries_may_be_added_anywhere_and_move_between_files() -> None:
    base = incident("", NOTE)
    assert edited(base, incident("", LATE_NOTE, NOTE)) == []
    split = {INCIDENT: incident(), f"{FOLDER}20260304T032000Z-aaaa.yaml": f"{NOTE[1:-1].replace(', ', chr(10))}\n"}
    assert told({INCIDENT: base}, split) == []
    assert told(split, {INCIDENT: base, f"{FOLDER}20260304T032000Z-aaaa.yaml": None}) == []


def test_layout_of_an_entry_is_no_edit() -> None:
    block = incident("", NOTE).replace(f"  - {NOTE}", "  - " + NOTE[1:-1].replace(", ", "\n    ").replace("'", '"'))
    assert edited(incident("", NOTE), block) == []


@pytest.mark.parametrize(
    ("after", "field"),
    [
        ("", "timeline"),
        (NOTE.replace("database", "network"), "timeline[1].text"),
        (NOTE.replace("03:20:00Z", "03:25:00Z"), "timeline[1].at"),
        (NOTE.replace("alice", "bruno"), "timeline[1].by"),
        (NOTE.replace("note,", "note, visibility: public,"), "timeline[1].visibility"),
    ],
)
def test_an_entry_that_is_altered_or_gone_is_told_once(after: str, field: str) -> None:
    head = incident("", after) if after else incident()
    assert edited(incident("", NOTE), head) == [("timeline-rewritten", field)]


def test_an_entry_file_that_is_gone_or_altered_is_told_where_it_was() -> None:
    file = f"{FOLDER}20260304T032000Z-aaaa.yaml"
    text = "at: '2026-03-04T03:20:00Z'\nby: person:alice\ntype: note\ntext: It is the database.\n"
    base = {INCIDENT: incident(), file: text}
    (gone,) = lint_step(step(base, {file: None}))
    assert (gone.rule, gone.place.file) == ("timeline-rewritten", INCIDENT)
    (altered,) = lint_step(step(base, {file: text.replace("database", "network")}))
    assert (altered.place.file, altered.place.line, altered.field) == (file, 4, "timeline[1].text")


def test_what_a_schema_did_not_accept_may_be_put_right_and_nothing_else() -> None:
    wrong = NOTE.replace("note,", "nota,")
    assert edited(incident("", wrong), incident("", NOTE)) == [("timeline-rewritten", "timeline")]
    naive = NOTE.replace("03:20:00Z", "03:20:00")
    assert edited(incident("", naive), incident("", NOTE)) == []
    other = incident("", naive, NOTE.replace("03:20", "03:30"))
    assert edited(other, other.replace("03:30", "03:35")) == [("timeline-rewritten", "timeline[2].at")]


def test_what_could_not_be_read_is_not_gone() -> None:
    assert edited(incident("", NOTE), "title: [\n") == []
    assert edited("title: [\n", incident("", NOTE)) == []


# --- closed-record-edited


@pytest.mark.parametrize(
    ("body", "entries"),
    [
        ("links: [{type: see, to: person:bruno}]\n", ()),
        ("external: [{system: old, id: '7'}]\n", ()),
        ("visibility: restricted\n", ()),
        ("known_error: KE-20260304-aaaa\n", ()),
        ("review: {held_at: 2026-03-06T09:00:00Z, summary: The pool was too small.}\n", ()),
        ("", ("{at: 2026-03-06T09:00:00Z, by: person:alice, type: correction, of: 2026-03-04T03:40:00Z, reason: R.}",)),
        ("", ("{at: 2026-03-06T09:00:00Z, by: person:alice, type: exception, rule: dangling-link, reason: R.}",)),
        ("", (NOTE,)),
    ],
)
def test_what_a_closed_record_still_takes(body: str, entries: tuple[str, ...]) -> None:
    late = [entry for entry in entries if entry == NOTE]
    new = [entry for entry in entries if entry != NOTE]
    assert edited(incident(CLOSED, *ENDED), incident(CLOSED + body, *late, *ENDED, *new)) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("description: It was bad.\n", "description"),
        ("visibility: public\n", "visibility"),
        ("tags: [gdpr]\n", "tags"),
        ("services: [service:shop]\n", "services"),
        ("x-cost: 7\n", "x-cost"),
        ("external: [{system: old, id: '7', history: true}]\n", "external"),
    ],
)
def test_what_a_closed_record_takes_no_more(body: str, field: str) -> None:
    assert edited(incident(CLOSED, *ENDED), incident(CLOSED + body, *ENDED)) == [("closed-record-edited", field)]
    assert edited(incident(RESOLVED, ENDED[0]), incident(RESOLVED + body, ENDED[0])) == []


@pytest.mark.parametrize(
    ("type_", "is_told"),
    [("note, text: Late.", True), ("acknowledged", True), ("correction, of: 2026-03-04T03:40:00Z, reason: R.", False)],
)
def test_entries_after_the_end(type_: str, is_told: bool) -> None:  # noqa: FBT001 - a case
    entry = f"{{at: 2026-03-06T09:00:00Z, by: person:alice, type: {type_}}}"
    found = edited(incident(CLOSED, *ENDED), incident(CLOSED, *ENDED, entry))
    assert found == ([("closed-record-edited", "timeline[3]")] if is_told else [])


def test_a_link_of_a_closed_record_is_added_and_never_changed() -> None:
    base = incident(f"{CLOSED}known_error: KE-20260304-aaaa\n", *ENDED)
    assert edited(base, base.replace("aaaa\nt", "bbbb\nt")) == [("closed-record-edited", "known_error")]
    assert edited(base, incident(CLOSED, *ENDED)) == [("closed-record-edited", "known_error")]


def test_actions_of_a_review_go_on_and_none_goes() -> None:
    def reviewed(actions: str, summary: str = "S.") -> str:
        review = f"review: {{held_at: 2026-03-06T09:00:00Z, summary: {summary}, actions: [{actions}]}}\n"
        return incident(CLOSED + review, *ENDED)

    base = reviewed("{id: a1, title: A bigger pool}, {id: a2, title: An alarm}")
    assert edited(base, base.replace("bigger pool", "bigger pool, state: done")) == []
    assert edited(base, base.replace("an alarm", "An alarm}, {title: More")) == []
    field = "review.actions[1]"
    assert edited(base, reviewed("{id: a1, title: A bigger pool}")) == [("closed-record-edited", field)]
    assert edited(base, base.replace("summary: S.", "summary: T.")) == [("closed-record-edited", "review.summary")]


def test_a_problem_may_be_opened_again_and_edited() -> None:
    states = ("assess", "root-cause-analysis", "resolved", "closed")
    ways = [moved(state, 10 + minute) for minute, state in enumerate(states)]
    body = "resolution: {code: fix-applied}\nroot_cause: {statement: A leak.}\n"

    def problem(state: str, *entries: str, more: str = "") -> str:
        lines = "".join(f"  - {entry}\n" for entry in (CREATED, *ways, *entries))
        return f"title: It leaks\nstate: {state}\n{more}{body}timeline:\n{lines}"

    closed = problem("closed")
    again, ended = moved("root-cause-analysis", 30), (moved("resolved", 40), moved("closed", 50))
    assert edited(closed, problem("root-cause-analysis", again, more="workaround: Restart.\n"), PROBLEM) == []
    assert edited(closed, problem("closed", again, *ended, more="workaround: Restart.\n"), PROBLEM) == []
    assert edited(closed, problem("closed", more="workaround: Restart.\n"), PROBLEM) == [
        ("closed-record-edited", "workaround")
    ]


def test_what_is_there_to_be_filled_in_later() -> None:
    desk = "title: Desk\nclass: end-user-device\nstate: retired\n"
    disposal = "disposal: {date: 2026-03-01, method: recycled}\n"
    assert edited(desk, desk + disposal, DESK) == []
    assert edited(desk, f"{desk}location: Berne\n", DESK) == [("closed-record-edited", "location")]


def test_a_closed_record_that_its_schema_did_not_accept_may_be_put_right() -> None:
    assert edited(incident(f"{CLOSED}urgent: true\n", *ENDED), incident(CLOSED, *ENDED)) == []


def test_links_that_follow_a_new_id_or_drop_an_alias_are_no_edit() -> None:
    closed = incident(f"{CLOSED}cis: [{{ci: ci:WEB, role: cause}}]\n", *ENDED)
    base = {INCIDENT: closed, WEB: f"{CI}state: operational\naliases: [web]\n"}
    by_id = closed.replace("ci:WEB", "ci:web-01")
    assert told(base, {INCIDENT: by_id}) == []
    assert told({**base, INCIDENT: by_id}, {INCIDENT: closed}) == []
    new = {WEB: None, "records/cis/shop.yaml": f"{CI}state: operational\naliases: [web, web-01]\n"}
    assert told(base, {**new, INCIDENT: closed.replace("ci:WEB", "ci:shop")}) == []
    assert told(base, new) == []
    assert told(base, {INCIDENT: closed.replace("ci:WEB", "ci:web-02")}) != []
    alice = "{at: '2026-03-04T03:20:00Z', by: person:alice, type: note, text: So it is.}"
    person = {"records/people/alice.yaml": None, "records/people/ann.yaml": "name: Alice\naliases: [alice]\n"}
    mentions = incident(CLOSED, alice, *ENDED).replace("person:alice", "person:ann")
    files = {**SHIPPED, INCIDENT: incident(CLOSED, alice, *ENDED)}
    renamed = {path: text for path, text in {**files, **person, INCIDENT: mentions}.items() if text is not None}
    assert lint_step(Step(load(MemorySource(files)), load(MemorySource(renamed)))) == ()


@pytest.mark.parametrize(
    "where",
    ["cis: [{ci: ci:db-01, role: cause}, {ci: ci:?, role: affected}]\n", "caused_by_change: CHG-20260301-?\n"],
)
def test_a_link_that_led_nowhere_may_be_put_right_in_a_closed_record(where: str) -> None:
    def closed(end: str, role: str = "affected") -> str:
        return incident(CLOSED + where.replace("?", end).replace("affected", role), *ENDED)

    change = (
        "title: New disks\ntype: normal\ntimeline: [{at: '2026-03-01T03:00:00Z', by: person:alice, type: created}]\n"
    )
    others = {
        f"records/cis/{name}.yaml": f"title: {name}\nclass: server\nstate: operational\n"
        for name in ("db-01", "web-01", "web-02")
    }
    others |= {f"records/changes/2026/CHG-20260301-{name}.yaml": change for name in ("web-01", "web-02")}
    assert told({**others, INCIDENT: closed("web-1")}, {INCIDENT: closed("web-01")}) == []
    assert told({**others, INCIDENT: closed("web-01")}, {INCIDENT: closed("web-02")}) != []
    assert told({**others, INCIDENT: closed("web-1")}, {INCIDENT: closed("nowhere")}) != []
    if "role" in where:
        found = told({**others, INCIDENT: closed("web-1")}, {INCIDENT: closed("web-01", "not-impacted")})
        assert found == [("closed-record-edited", "cis[1].role")]


def test_a_link_of_an_entry_that_led_nowhere_may_be_put_right() -> None:
    wrong = NOTE.replace("person:alice", "person:alcie")
    assert edited(incident("", wrong), incident("", NOTE)) == []
    assert edited(incident("", wrong), incident("", NOTE.replace("database", "network"))) == [
        ("timeline-rewritten", "timeline[1].text")
    ]
    assert edited(incident("", NOTE), incident("", NOTE.replace("person:alice", "person:bruno"))) != []


# --- record-deleted and id-changed


def test_what_may_be_deleted_and_what_not() -> None:
    assert told({INCIDENT: incident(CLOSED, *ENDED)}, {INCIDENT: None}) == [("record-deleted", "")]
    retired = {WEB: f"{CI}state: retired\n"}
    assert told(retired, {WEB: None}) == []
    assert told({WEB: f"{CI}state: retiring\n"}, {WEB: None}) == [("record-deleted", "")]
    person = {"records/people/carla.yaml": "name: Carla\n"}
    assert told(person, {"records/people/carla.yaml": None}) == []
    assert told({WEB: "title: [\n"}, {WEB: None}) == []


def test_nothing_may_name_what_is_deleted() -> None:
    files = {
        f"records/cis/web-1{number}.yaml": f"{CI}relations: [{{type: runs_on, to: ci:OLD}}]\n" for number in range(5)
    }
    base = {**files, WEB: f"{CI}state: retired\naliases: [old]\n"}
    (finding,) = lint_step(step(base, {WEB: None}))
    assert (finding.rule, finding.place.file) == ("record-deleted", WEB)
    assert "ci:web-10, ci:web-11, ci:web-12 and 2 more still name it" in finding.message
    assert [other.place.file for other in finding.related] == list(files)
    assert told(base, {WEB: None, **dict.fromkeys(files, CI)}) == []
    # Another record that takes over the name is what the links lead to from now on.
    assert told(base, {WEB: None, "records/cis/web-03.yaml": "title: Another\nclass: server\naliases: [old]\n"}) == []
    (left,) = lint_step(
        step(
            {WEB: CI.replace("team:ops", "person:carla"), "records/people/carla.yaml": "name: C\n"},
            {"records/people/carla.yaml": None},
        )
    )
    assert left.message.endswith("ci:web-01 still names it; restore it, and write until")


def test_a_new_id_is_told_unless_the_old_one_stays_an_alias() -> None:
    base = {WEB: f"{CI}state: operational\n"}
    new = "records/cis/shop-01.yaml"
    (finding,) = lint_step(step(base, {WEB: None, new: base[WEB]}))
    assert (finding.rule, finding.place.file) == ("id-changed", new)
    assert told(base, {WEB: None, new: f"{base[WEB]}aliases: [WEB-01]\n"}) == []
    other = INCIDENT.replace("aaaa", "bbbb")
    (finding,) = lint_step(step({INCIDENT: incident()}, {INCIDENT: None, other: incident("aliases: [x]\n")}))
    assert (finding.rule, finding.place.file) == ("id-changed", other)
    # Whatever is new on a branch may still get another id there.
    assert told({}, {other: incident()}) == []


def test_a_new_id_hides_nothing() -> None:
    base = {WEB: f"{CI}state: retired\n"}
    head = {WEB: None, "records/cis/shop-01.yaml": f"{CI}state: operational\naliases: [web-01]\n"}
    assert told(base, head) == [("illegal-step", "state")]
    other = INCIDENT.replace("aaaa", "bbbb")
    found = told({INCIDENT: incident("", NOTE)}, {INCIDENT: None, other: incident()})
    assert found == [("id-changed", ""), ("timeline-rewritten", "timeline")]


# --- freeze-shortened

FROZEN = (
    "title: Year's end\nstate: active\nlevel: hard\nstart: 2026-12-18T18:00:00+01:00\nend: 2027-01-04T08:00:00+01:00\n"
    "scope: {tiers: [1, 2], services: [service:shop]}\nallow: [emergency]\nlift: {from: team:ops, count: 2}\n"
    "reason: Orders.\n"
)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2026-12-18T18", "2026-12-19T18", "start"),
        ("2027-01-04T08", "2027-01-03T08", "end"),
        ("level: hard", "level: soft", "level"),
        ("tiers: [1, 2]", "tiers: [1]", "scope.tiers"),
        ("tiers: [1, 2], ", "", "scope.tiers"),
        ("allow: [emergency]", "allow: [standard]", "allow[0]"),
        ("count: 2", "count: 1", "lift.count"),
        ("from: team:ops", "from: team:web", "lift.from"),
        ("state: active", "state: draft", "state"),
    ],
)
def test_a_freeze_that_binds_less_is_told(old: str, new: str, field: str) -> None:
    assert old in FROZEN
    assert edited(FROZEN, FROZEN.replace(old, new), FREEZE) == [("freeze-shortened", field)]
    draft = FROZEN.replace("state: active", "state: draft")
    assert edited(draft, draft.replace(old, new), FREEZE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-12-18T18", "2026-12-17T18"),
        ("2026-12-18T18:00:00+01:00", "2026-12-18T17:00:00Z"),
        ("tiers: [1, 2]", "tiers: [2, 1, 3]"),
        ("scope: {tiers: [1, 2], services: [service:shop]}", "scope: {all: true}"),
        ("allow: [emergency]", "allow: []"),
        ("lift: {from: team:ops, count: 2}\n", ""),
        ("state: active", "state: lifted"),
        ("title: Year's end", "title: The year's end"),
    ],
)
def test_a_freeze_that_binds_as_much_or_is_lifted_is_left_alone(old: str, new: str) -> None:
    assert old in FROZEN
    assert edited(FROZEN, FROZEN.replace(old, new), FREEZE) == []


def test_a_freeze_for_everything_is_made_smaller() -> None:
    everything = FROZEN.replace("scope: {tiers: [1, 2], services: [service:shop]}", "scope: {all: true}")
    assert edited(everything, FROZEN, FREEZE) == [("freeze-shortened", "scope")]
    assert told({FREEZE: FROZEN}, {FREEZE: None}) == [("record-deleted", "")]


# --- baseline-grew

KNOWN = '{{"file": "records/cis/{0}.yaml", "rule": "ownerless-ci", "field": "owner", "message": "nobody owns this CI"}}'


def baseline(*names: str) -> dict[str, str]:
    return {"baseline.json": f'{{"format": 1, "known": [{", ".join(map(KNOWN.format, names))}]}}'}


def test_a_baseline_may_begin_and_shrink_and_not_grow() -> None:
    assert told({}, baseline("a", "b")) == []
    assert told(baseline("a", "b"), baseline("b")) == []
    assert told(baseline("a"), {"baseline.json": None}) == []
    assert told(baseline("a"), baseline("b")) == [("baseline-grew", "")]
    counted = KNOWN.format("a").replace("}", ', "count": 2}')
    assert told(baseline("a"), {"baseline.json": f'{{"format": 1, "known": [{counted}]}}'}) == [("baseline-grew", "")]


# --- all of them


def test_a_waiver_must_have_been_there_before() -> None:
    waiver = (
        "{at: 2026-03-06T09:00:00Z, by: person:alice, type: exception, rule: closed-record-edited,"
        " reason: The auditor asks for it., until: 2026-12-31T00:00:00Z, approved_by: person:bruno}"
    )
    base, head = (incident(f"{CLOSED}{body}", *ENDED, waiver) for body in ("", "tags: [x]\n"))
    (waived,) = lint_step(step({INCIDENT: base}, {INCIDENT: head}))
    assert waived.waiver is not None
    (finding,) = lint_step(step({INCIDENT: incident(CLOSED, *ENDED)}, {INCIDENT: head}))
    assert finding.waiver is None


def test_what_is_new_is_no_edit() -> None:
    files = {INCIDENT: incident(CLOSED, *ENDED), WEB: f"{CI}state: retired\n", FREEZE: FROZEN}
    assert told({}, files) == []
