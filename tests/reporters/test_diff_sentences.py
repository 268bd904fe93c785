"""What became of one record, in words."""

from collections.abc import Mapping
from typing import Any

import pytest

from itsm_as_code.reporters.diff_facts import diff_facts
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import MemorySource

Files = Mapping[str, str]
SETTINGS = {"itsm.yaml": "format: 1\ntime_zone: Europe/Zurich\n"}
CHANGE_FILE = "records/changes/2026/CHG-20260302-f1yk.yaml"
INCIDENT_FILE = "records/incidents/2026/INC-20260304-k7qz.yaml"
CI_FILE = "records/cis/web-01.yaml"

CREATED = "  - {at: 2026-03-04T03:00:00+01:00, by: person:ann, type: created}\n"
INCIDENT = f"""\
title: Checkout returns 500
state: in-progress
impact: high
urgency: high
assignment: {{team: team:web}}
timeline:
{CREATED}"""
CHANGE = """\
title: New router
state: new
type: normal
planned: {start: 2026-03-07T22:00:00+01:00, end: 2026-03-07T23:00:00+01:00}
tasks:
  - {id: t1, title: Tell people, owner: person:ann}
timeline:
  - {at: 2026-03-02T09:00:00+01:00, by: person:ann, type: created}
"""
CI = """\
title: web-01
state: operational
class: vm
owner: team:web
tags: [blue, green]
end_of_support: "2028-06-30"
relations:
  - {type: runs_on, to: ci:esx-1}
  - {type: depends_on, to: ci:pg-1}
redundancy: [{over: depends_on, min_up: 1}]
"""
ASSET = "title: Laptop {0}\nstate: {1}\nclass: laptop\n"


def _entry(at: str, rest: str) -> str:
    return f"  - {{at: 2026-03-04T{at}:00+01:00, by: person:ann, {rest}}}\n"


def _says(base: Files, head: Files) -> list[str]:
    """Return what is said of the one record that differs."""
    facts = diff_facts(Step(load(MemorySource({**SETTINGS, **base})), load(MemorySource({**SETTINGS, **head}))))
    assert len(facts["records"]) == 1
    return [said["words"] for said in facts["records"][0]["says"]]


def _edited(file: str, old: str, new: str) -> list[str]:
    assert old != new
    return _says({file: old}, {file: new})


RESOLVED = INCIDENT.replace("state: in-progress", "state: resolved").replace(
    "timeline:", "resolution: {code: fixed, notes: Restarted.}\ntimeline:"
)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (RESOLVED + _entry("06:12", "type: transition, to: resolved"), ["resolved after 3 h 12 min (fixed)"]),
        (
            RESOLVED.replace("state: resolved", "state: closed")
            + _entry("06:12", "type: transition, to: resolved")
            + _entry("09:00", "type: transition, to: closed"),
            ["resolved after 3 h 12 min (fixed), now closed"],
        ),
        (
            INCIDENT.replace("in-progress", "on-hold").replace("timeline:", "hold_reason: awaiting-vendor\ntimeline:")
            + _entry("04:00", "type: transition, to: on-hold"),
            ["in progress → on hold (awaiting vendor)"],
        ),
        (INCIDENT.replace("in-progress", "canceled"), ["canceled (was in progress)"]),
        (
            INCIDENT
            + _entry("04:00", "type: transition, to: on-hold")
            + _entry("04:05", "type: transition, to: in-progress"),
            ["in progress → on hold → in progress"],
        ),
        (
            INCIDENT.replace("timeline:", "major: {state: declared, manager: person:ann}\ntimeline:"),
            ["declared a major incident, led by person:ann"],
        ),
        (INCIDENT.replace("team:web", "team:db"), ["assigned to team:db (was team:web)"]),
        (
            INCIDENT.replace("{team: team:web}", "{team: team:web, person: person:bob}")
            + _entry("04:00", "type: assigned, to: person:bob"),
            ["assigned to person:bob"],
        ),
        (INCIDENT + _entry("04:00", "type: assigned, to: person:bob"), ["assigned to person:bob"]),
        (INCIDENT.replace("assignment: {team: team:web}\n", ""), ["no longer assigned"]),
        (
            INCIDENT.replace("title: Checkout returns 500", "title: Checkout fails"),
            ["renamed from “Checkout returns 500”"],
        ),
        (INCIDENT.replace("timeline:", "visibility: public\ntimeline:"), ["now public"]),
        (
            INCIDENT
            + _entry("04:00", "type: note, text: One.")
            + _entry("04:01", "type: note, text: Two.")
            + _entry("04:02", "type: communication, audience: public, text: We know.")
            + _entry("04:03", "type: communication, audience: management, text: We know."),
            ["1 public update", "1 update to those concerned", "2 notes"],
        ),
        (
            INCIDENT + _entry("04:00", "type: impact, level: major-outage, services: [service:a, service:b]"),
            ["service:a and service:b: major outage"],
        ),
        (INCIDENT + _entry("04:00", "type: impact, level: none, services: [service:a]"), ["service:a works again"]),
        (INCIDENT.replace("03:00:00", "03:01:00"), ["1 timeline entry rewritten"]),
        (INCIDENT.replace("impact: high", "impact: low"), ["impact: high → low"]),
        (
            INCIDENT.replace("timeline:", 'links: [{to: PRB-1}, {url: "https://x.example/a"}]\ntimeline:'),
            ["linked with PRB-1 and https://x.example/a"],
        ),
        (INCIDENT.replace("timeline:", "x-ticket: A-1\ntimeline:"), ["x ticket: A-1"]),
        (INCIDENT.replace("timeline:", "description: |\n  Long.\n\n  Longer.\ntimeline:"), ["description written"]),
        (f"# Only a comment.\n{INCIDENT}# And another.\n", []),
    ],
)
def test_an_incident(head: str, said: list[str]) -> None:
    if said:
        assert _edited(INCIDENT_FILE, INCIDENT, head) == said
    else:
        facts = diff_facts(
            Step(load(MemorySource({INCIDENT_FILE: INCIDENT})), load(MemorySource({INCIDENT_FILE: head})))
        )
        assert facts["records"] == []


def test_an_entry_that_was_edited_is_no_new_one() -> None:
    moved = INCIDENT.replace("state: in-progress", "state: on-hold") + _entry("04:00", "type: transition, to: on-hold")
    note = _entry("04:10", "type: note, text: One.")
    old = moved.replace("type: transition, to: on-hold", "type: transition, to: in-progress") + note
    new = moved + note.replace("One", "Two") + _entry("05:00", "type: note, text: Three.")
    assert _edited(INCIDENT_FILE, old, new) == ["1 note", "2 timeline entries rewritten"]
    assert _edited(INCIDENT_FILE, old, INCIDENT.replace("in-progress", "on-hold") + note) == [
        "1 timeline entry taken out"
    ]


def test_how_a_major_incident_goes_on() -> None:
    def major(value: str) -> str:
        return INCIDENT.replace("timeline:", f"major: {value}\ntimeline:")

    declared = major("{state: declared, manager: person:ann}")
    assert _edited(INCIDENT_FILE, declared, declared.replace("declared", "closed")) == ["major incident closed"]
    assert _edited(INCIDENT_FILE, declared, declared.replace(":ann}", ":bob}")) == ["led otherwise as a major incident"]
    assert _edited(INCIDENT_FILE, declared, INCIDENT) == ["no longer a major incident"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{ci: ci:a, role: cause}", "{ci: ci:a, role: affected}", "role of ci:a in CIs: cause → affected"),
        ("{ci: ci:a, role: cause}", "{ci: ci:b, role: cause}", "ci:b added to CIs; ci:a taken out of CIs"),
        (
            "started_at: 2026-03-04T02:00:00Z",
            "started_at: 2026-03-04T02:30:00Z",
            "started at: Wed 4 Mar 2026 03:00 → Wed 4 Mar 2026 03:30",
        ),
        ("x-cost: {amount: 1, currency: EUR}", "x-cost: 5", "x cost: 1 EUR → 5"),
        ("x-flag: true", "x-flag: false", "x flag: yes → no"),
        ("x-flag: true", "x-flag: null", "x flag: yes → nothing"),
        ("x-deep: [[1]]", "x-deep: [[2]]", "x deep: 2; x deep taken out (was 1)"),
    ],
)
def test_fields_without_words_of_their_own(old: str, new: str, said: str) -> None:
    fields = (
        "cis:\n  - {ci: ci:a, role: cause}\nstarted_at: 2026-03-04T02:00:00Z\nx-cost: {amount: 1, currency: EUR}\n"
        "x-flag: true\nx-deep: [[1]]\n"
    )
    whole = INCIDENT.replace("timeline:", f"{fields}timeline:")
    assert "; ".join(_edited(INCIDENT_FILE, whole, whole.replace(old, new))) == said


def test_an_incident_is_opened_again() -> None:
    resolved = RESOLVED + _entry("06:12", "type: transition, to: resolved")
    again = resolved.replace("state: resolved", "state: in-progress") + _entry(
        "07:00", "type: transition, to: in-progress"
    )
    assert _edited(INCIDENT_FILE, resolved, again) == ["opened again, resolved → in progress"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("08T02:00", "08T03:00", "moved from Sat 7 Mar 2026 22:00 to Sun 8 Mar 02:00"),
        ("07T23:00", "08T00:00", "moved from Sat 7 Mar 2026 22:00 to 23:00"),
        (
            "08T02:00",
            "08T04:30",
            "moved from Sat 7 Mar 2026 22:00 to Sun 8 Mar 02:00, now for 2 h 30 min instead of 1 h",
        ),
        ("07T22:00", "08T01:00", "planned until Sun 8 Mar 01:00, not until 23:00"),
    ],
)
def test_a_window_is_moved_in_the_organisation_s_zone(start: str, end: str, said: str) -> None:
    window = f"{{start: 2026-03-{start}:00+01:00, end: 2026-03-{end}:00+01:00}}"
    moved = CHANGE.replace("{start: 2026-03-07T22:00:00+01:00, end: 2026-03-07T23:00:00+01:00}", window)
    assert _edited(CHANGE_FILE, CHANGE, moved) == [said]
    # The same instants, written elsewhere.
    assert _edited(CHANGE_FILE, CHANGE, moved.replace("+01:00, end", ".000+01:00, end")) == [said]


def test_a_year_is_told_where_it_is_another() -> None:
    moved = CHANGE.replace("2026-03-07T", "2027-03-07T")
    assert _edited(CHANGE_FILE, CHANGE, moved) == ["moved from Sat 7 Mar 2026 22:00 to Sun 7 Mar 2027 22:00"]


def test_a_change_goes_through_states() -> None:
    went = (
        CHANGE.replace("state: new", "state: scheduled")
        + "  - {at: 2026-03-02T10:00:00+01:00, by: person:ann, type: transition, to: assess}\n"
        + "  - {at: 2026-03-02T11:00:00+01:00, by: person:ann, type: transition, to: scheduled}\n"
    )
    assert _edited(CHANGE_FILE, CHANGE, went) == ["scheduled (new → assess → scheduled)"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: person:ann}", "owner: person:ann, state: done}", "task t1 (Tell people) done"),
        ("owner: person:ann}", "owner: person:bob}", "task t1 (Tell people) given to person:bob"),
        ("title: Tell people, ", "title: Tell all, ", "task t1 (Tell all) reworded"),
        ("timeline:", "  - {id: t2, title: Test}\ntimeline:", "task t2 (Test) added"),
        ("  - {id: t1, title: Tell people, owner: person:ann}\n", "  []\n", "task t1 taken out"),
        ("tasks:\n  - {id: t1, title: Tell people, owner: person:ann}\n", "", "tasks taken out"),
    ],
)
def test_tasks(old: str, new: str, said: str) -> None:
    assert _edited(CHANGE_FILE, CHANGE, CHANGE.replace(old, new)) == [said]


def test_a_task_that_the_timeline_tells_of() -> None:
    done = CHANGE + "  - {at: 2026-03-03T09:00:00+01:00, by: person:ann, type: task, id: t1, state: done}\n"
    assert _edited(CHANGE_FILE, CHANGE, done) == ["task t1 (Tell people) done"]
    both = done.replace("owner: person:ann}", "owner: person:ann, state: done}")
    assert _edited(CHANGE_FILE, CHANGE, both) == ["task t1 (Tell people) done"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("to: ci:pg-1}", "to: ci:pg-1}\n  - {type: depends_on, to: ci:pg-2}", ["now also depends on pg-2"]),
        (
            "to: ci:pg-1}",
            "to: ci:pg-1}\n  - {type: depends_on, to: ci:pg-2}\n  - {type: depends_on, to: ci:pg-3}",
            ["now also depends on pg-2 and pg-3"],
        ),
        ("to: ci:pg-1}", "to: ci:pg-2}", ["now also depends on pg-2", "no longer depends on pg-1"]),
        ("  - {type: runs_on, to: ci:esx-1}\n", "", ["no longer runs on esx-1"]),
        (
            "{type: runs_on, to: ci:esx-1}",
            "{type: hosted_on, to: ci:esx-1}",
            ["now hosted on esx-1", "no longer runs on esx-1"],
        ),
        ("min_up: 1", "min_up: 2", ["now needs at least 2 of what it depends on"]),
        ("redundancy: [{over: depends_on, min_up: 1}]\n", "", ["no redundancy over what it depends on any more"]),
        ("owner: team:web", "owner: team:db", ["owner: team:web → team:db"]),
        ("owner: team:web\n", "", ["no owner any more (was team:web)"]),
        ("state: operational", "state: retired", ["retired (was operational)"]),
        ("state: operational", "state: maintenance", ["operational → maintenance"]),
        ("tags: [blue, green]", "tags: [green, red]", ["red added to tags", "blue taken out of tags"]),
        ("tags: [blue, green]", "tags: [green, blue]", ["tags reordered"]),
        ("tags: [blue, green]\n", "", ["blue and green taken out of tags"]),
        ('end_of_support: "2028-06-30"', 'end_of_support: "2030-06-30"', ["end of support: 2028-06-30 → 2030-06-30"]),
        ("class: vm", "class: vm\nattributes: {cores: 4}", ["attributes written"]),
    ],
)
def test_a_configuration_item(old: str, new: str, said: list[str]) -> None:
    assert _edited(CI_FILE, CI, CI.replace(old, new)) == said


def test_links_come_go_and_change_their_order() -> None:
    one, both, turned = (
        INCIDENT.replace("timeline:", f"links: [{links}]\ntimeline:")
        for links in ("{to: ci:a}", "{to: ci:a}, {to: ci:b}", "{to: ci:b}, {to: ci:a}")
    )
    assert _edited(INCIDENT_FILE, one, both) == ["linked with ci:b"]
    assert _edited(INCIDENT_FILE, both, one) == ["no longer linked with ci:b"]
    assert _edited(INCIDENT_FILE, both, turned) == ["links reordered or named otherwise"]


def test_order_of_relations_is_no_dependency() -> None:
    lines = CI.splitlines(keepends=True)
    swapped = "".join([*lines[:7], lines[8], lines[7], *lines[9:]])
    assert _edited(CI_FILE, CI, swapped) == ["relations reordered or described otherwise"]


def test_records_come_and_go() -> None:
    assert _says({}, {INCIDENT_FILE: INCIDENT}) == ["opened (priority 1, now in progress)"]
    assert _says({}, {CI_FILE: CI}) == ["added (vm, now operational)"]
    assert _says({CI_FILE: CI}, {}) == ["deleted"]
    resolved = RESOLVED + _entry("06:12", "type: transition, to: resolved")
    assert _says({}, {INCIDENT_FILE: resolved}) == ["opened (priority 1); resolved after 3 h 12 min (fixed)"]


def test_a_record_with_another_id_is_the_same_record() -> None:
    other = INCIDENT_FILE.replace("k7qz", "m2rt")
    assert _says({INCIDENT_FILE: INCIDENT}, {other: INCIDENT}) == ["renumbered from INC-20260304-k7qz"]


def test_links_to_the_same_record_by_another_name_are_no_other_links() -> None:
    base = {CI_FILE: CI, "records/cis/pg-1.yaml": "title: pg-1\naliases: [old-pg]\n"}
    assert _says(base, {**base, CI_FILE: CI.replace("to: ci:pg-1", "to: ci:old-pg")}) == [
        "links written otherwise, to the same records"
    ]


def test_a_record_in_another_file_is_the_same_record() -> None:
    other = INCIDENT_FILE.replace("/2026/", "/2025/")
    assert _says({INCIDENT_FILE: INCIDENT}, {other: INCIDENT}) == [
        f"kept in {other} now, not {INCIDENT_FILE}",
    ]


def test_a_note_in_a_file_of_its_own_is_a_note() -> None:
    entry = "at: 2026-03-04T04:00:00+01:00\nby: person:ann\ntype: note\ntext: Looked.\n"
    base = {INCIDENT_FILE: INCIDENT}
    file = INCIDENT_FILE.removesuffix(".yaml") + ".d/20260304T030000Z-k7qz.yaml"
    assert _says(base, {**base, file: entry}) == ["1 note"]


@pytest.mark.parametrize("broken", [CI + "broken: [\n", "title: [\n", ""])
def test_of_what_cannot_be_read_nothing_else_is_said(broken: str) -> None:
    assert _edited(CI_FILE, CI, broken) == ["cannot be read to its end before or after; itsm lint says why"]


@pytest.mark.parametrize(
    "text",
    [
        "state: [1]\n",
        "relations: 5\n",
        "relations: [5, {to: 3}, {type: 7}, [x]]\n",
        "redundancy: {over: 1}\n",
        "redundancy: [{over: [1, {}], min_up: []}, 3]\n",
        "assignment: text\n",
        "assigned_to: [1]\nowner: {a: 1}\ntitle: [x]\n",
        "planned: {start: 3, end: x}\nmajor: 3\nresolution: 4\nresult: [1]\n",
        "tasks: [1, {id: {}}, [x]]\nreview: {actions: 3}\npir: 1\n",
        "timeline: [{type: [1]}, {at: 3, type: transition, to: {}}, {type: task}, {type: impact}]\n",
        "timeline: 3\ntags: {a: [b]}\ndescription: null\nvisibility: 3\n",
        "purchase: {cost: {amount: 1, currency: EUR}}\n",
    ],
)
@pytest.mark.parametrize("file", [INCIDENT_FILE, CHANGE_FILE, CI_FILE, "records/services/shop.yaml"])
def test_no_value_is_too_odd(file: str, text: str) -> None:
    whole = {INCIDENT_FILE: INCIDENT, CHANGE_FILE: CHANGE}.get(file, CI)
    for one, other in ((whole, text), (text, whole)):
        said = _edited(file, one, other)
        assert said
        assert all(words and "\n" not in words for words in said)


def _of(kind: str, facts: Mapping[str, Any]) -> list[str]:
    return [entry["id"] for entry in facts["records"] if entry["kind"] == kind]


def test_what_matters_comes_first() -> None:
    def incident(id_: str, more: str) -> dict[str, str]:
        file = f"records/incidents/2026/INC-20260304-{id_}.yaml"
        return {file: INCIDENT.replace("timeline:", f"{more}timeline:")}

    head = {
        "records/people/ann.yaml": "name: Ann\n",
        CI_FILE: CI,
        "records/services/shop.yaml": "title: Shop\ntier: 3\n",
        "records/services/web.yaml": "title: Web\ntier: 1\n",
        CHANGE_FILE: CHANGE,
        **incident("aaaa", ""),
        **incident("bbbb", "visibility: public\n"),
        **incident("cccc", "major: {state: declared}\n"),
    }
    facts = diff_facts(Step(load(MemorySource(SETTINGS)), load(MemorySource({**SETTINGS, **head}))))
    kinds = list(dict.fromkeys(entry["kind"] for entry in facts["records"]))
    assert kinds == ["incident", "change", "service", "ci", "person"]
    assert _of("incident", facts) == ["INC-20260304-cccc", "INC-20260304-bbbb", "INC-20260304-aaaa"]
    assert _of("service", facts) == ["service:web", "service:shop"]


def test_addresses_of_odd_bytes_are_text_that_json_can_hold() -> None:
    base, head = ({**SETTINGS, f"records/cis/{name}.yaml": CI} for name in ("b\udcff", "c\udcfe"))
    facts = diff_facts(Step(load(MemorySource(base)), load(MemorySource(head))))
    (record,) = facts["records"]
    assert (record["id"], record["was"]) == ("ci:c\\xfe", "ci:b\\xff")
    assert record["says"][0]["words"] == "renumbered from ci:b\\xff"
    assert b"ci:b" in to_json(facts).encode("utf-8")


def test_what_was_taken_out_of_a_timeline_is_given_as_it_was() -> None:
    base, head = {INCIDENT_FILE: INCIDENT + _entry("04:00", "type: note, text: One.")}, {INCIDENT_FILE: INCIDENT}
    facts = diff_facts(Step(load(MemorySource({**SETTINGS, **base})), load(MemorySource({**SETTINGS, **head}))))
    (record,) = facts["records"]
    assert record["entries"] == []
    assert [entry["text"] for entry in record["lost"]] == ["One."]
