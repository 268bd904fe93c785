"""Rules of changes and templates: what they leave alone, and the cases beside their pages."""

from collections.abc import Mapping

import pytest

from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

CHANGE = "records/changes/2026/CHG-20260304-aaaa.yaml"
TEMPLATE = "records/change-templates/restart.yaml"
INCIDENT = "records/incidents/2026/INC-20260304-aaaa.yaml"
PROBLEM = "records/problems/2026/PRB-20260304-aaaa.yaml"
WEB = "records/cis/web-01.yaml"
CREATED = "{at: 2026-03-04T03:00:00Z, by: person:alice, type: created}"
HISTORY = "external: [{system: old, id: '7', history: true}]\n"
CI = "title: Web\nstate: operational\nowner: team:ops\n"
BASE = {
    "records/people/alice.yaml": "name: Alice\n",
    "records/teams/ops.yaml": "name: Operations\n",
    "records/services/shop.yaml": "title: Shop\ntier: 2\nowner: team:ops\nstate: live\naliases: [store]\n",
    "records/services/mail.yaml": "title: Mail\ntier: 2\nowner: team:ops\nstate: live\n",
    WEB: f"{CI}class: server\nenvironment: production\naliases: [web]\n",
    "records/cis/db-01.yaml": f"{CI}class: database\nenvironment: test\n",
}


def findings(files: Mapping[str, str], settings: str = "") -> tuple[Finding, ...]:
    return lint(load(MemorySource({**BASE, "itsm.yaml": f"format: 1\n{settings}", **files})))


def found(files: Mapping[str, str], settings: str = "") -> list[tuple[str, str]]:
    """Return rule and field of each finding of a process record or a template, in order."""
    told = [finding for finding in findings(files, settings) if not finding.record.startswith(("ci:", "service:"))]
    return [(finding.rule, finding.field) for finding in told]


def moved(to: str, minute: int = 30) -> str:
    return f"{{at: '2026-03-04T03:{minute:02}:00Z', by: person:alice, type: transition, to: {to}}}"


def change(body: str, *states: str, type_: str = "normal", on: str = "cis: [ci:web-01]") -> str:
    entries = (CREATED, *(moved(state, 10 + minute) for minute, state in enumerate(states)))
    lines = "".join(f"  - {entry}\n" for entry in entries)
    return f"title: Restart it\nreason: It hangs.\ntype: {type_}\n{on}\n{body}timeline:\n{lines}"


def incident(body: str, *states: str) -> str:
    entries = (CREATED, *(moved(state, 10 + minute) for minute, state in enumerate(states)))
    lines = "".join(f"  - {entry}\n" for entry in entries)
    return f"title: It fails\nimpact: high\nurgency: high\n{body}timeline:\n{lines}"


def template(body: str = "defaults: {}\n", state: str = "approved") -> str:
    return f"title: Restart\nstate: {state}\nowner: team:ops\nversion: 1\n{body}"


def standard(body: str = "", on: str = "cis: [ci:web-01]") -> str:
    return change(f"template: change-template:restart\n{body}", type_="standard", on=on)


def planned(start: str, end: str) -> str:
    return f"planned: {{start: '{start}', end: '{end}'}}\n"


HOUR = planned("2026-03-07T10:00:00Z", "2026-03-07T11:00:00Z")
DONE = f"implementer: person:alice\n{HOUR}plans: {{backout: [{{do: Undo it}}]}}\nresult: {{code: successful}}\n"
CARRIED_OUT = ("scheduled", "implement", "review")


def test_what_is_not_standard_has_no_template() -> None:
    body = "template: change-template:restart\n"
    assert found({TEMPLATE: template(), CHANGE: change(body)}) == [("standard-without-template", "template")]
    retired = {TEMPLATE: template(state="retired"), CHANGE: change(body)}
    assert found(retired) == [("standard-without-template", "template")]
    assert found({CHANGE: change("state: canceled\n", "canceled", type_="standard")}) == []
    assert found({CHANGE: standard()}) == [("dangling-link", "template")]


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_approved_templates_are_used(state: str) -> None:
    files = {TEMPLATE: template(state=state)}
    assert found({**files, CHANGE: standard()}) == [("template-not-approved", "template")]
    strict = template("defaults: {reason: It leaks.}\nlocked: [reason]\nallowed: {classes: [vm]}\n", state)
    assert found({TEMPLATE: strict, CHANGE: standard()}) == [("template-not-approved", "template")]
    over = f"state: closed\ntemplate: change-template:restart\n{DONE}"
    assert found({**files, CHANGE: change(over, *CARRIED_OUT, "closed", type_="standard")}) == []


LOCKED = """\
defaults:
  services: [service:shop, service:mail]
  outage: {expected: true, message: Back soon.}
  plans:
    implementation: [{do: Stop it, minutes: 5}, {do: Start it, minutes: 5}]
locked: [services, outage.expected, outage.message, plans.implementation]
"""
SAME = """\
services: [service:mail, service:store]
outage:
  expected: true
  message: |
    Back soon.
plans:
  implementation:
    - {do: Stop it, minutes: 5}
    - {do: Start it, minutes: 5}
"""


def drift(body: str) -> list[tuple[str, str]]:
    told = findings({TEMPLATE: template(LOCKED), CHANGE: standard(body)})
    return [(finding.field, finding.message) for finding in told if finding.rule == "template-drift"]


def test_locked_fields_may_be_written_another_way() -> None:
    assert drift(SAME) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("service:mail, ", "", "services", "services is 1 entry, but the template locks it as 2 entries"),
        ("expected: true", "expected: false", "outage.expected", "is false, but the template locks it as true"),
        ("Back soon", "Back later", "outage.message", 'is "Back later.", but the template locks it as "Back soon."'),
        ("Start it, minutes: 5", "Start it, minutes: 9", "plans.implementation[1].minutes", "is 9, but"),
        ("Start it, minutes: 5", "Start it", "plans.implementation[1].minutes", "is nothing, but"),
        ("    - {do: Start it, minutes: 5}\n", "", "plans.implementation", "is 1 entry, but"),
    ],
)
def test_drift_is_told_where_it_begins(old: str, new: str, field: str, words: str) -> None:
    assert SAME.count(old) == 1
    ((path, message),) = drift(SAME.replace(old, new))
    assert path == field
    assert words in message


def test_what_is_beside_a_locked_field_is_to_be_taken_out() -> None:
    locked = "defaults:\n  risk: {impact: low, likelihood: low}\nlocked: [risk]\n"
    own = "risk: {impact: low, likelihood: low, override: {level: high, reason: It is Friday.}}\n"
    told = findings({TEMPLATE: template(locked), CHANGE: standard(own)})
    words = (
        "risk.override is 2 entries, but the template locks it as nothing; take it out, or make this a normal change"
    )
    found = [(finding.field, finding.message) for finding in told if finding.rule == "template-drift"]
    assert found == [("risk.override", words)]


def test_locked_fields_that_are_missing_are_told_at_the_template() -> None:
    ((field, message),) = drift("services: [service:shop, service:mail]\n")
    assert field == "template"
    assert "the template locks outage.expected, outage.message and plans.implementation;" in message


def test_a_change_that_is_over_or_not_standard_does_not_drift() -> None:
    files = {TEMPLATE: template(LOCKED)}
    over = f"state: closed\ntemplate: change-template:restart\n{DONE}"
    assert found({**files, CHANGE: change(over, *CARRIED_OUT, "closed", type_="standard")}) == []
    assert found({**files, CHANGE: change("template: change-template:restart\n")}) == [
        ("standard-without-template", "template")
    ]


def test_a_retired_template_may_lock_what_it_likes() -> None:
    body = "defaults: {}\nlocked: [risk]\n"
    assert found({TEMPLATE: template(body)}) == [("locked-without-default", "locked[0]")]
    assert found({TEMPLATE: template(body, "retired")}) == []


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        (change(f"state: review\n{DONE}", *CARRIED_OUT), "approved", []),
        (change(""), "approved", [("evidence-not-successful", "evidence[0]")]),
        (change(""), "draft", [("evidence-not-successful", "evidence[0]")]),
        (change(""), "retired", []),
        (change("state: canceled\n", "canceled"), "approved", [("link-to-canceled", "evidence[0]")]),
        (change(f"state: closed\n{HISTORY}", "review", "closed"), "approved", []),
    ],
    ids=["successful", "new", "draft", "retired", "canceled", "history"],
)
def test_evidence_is_what_went_well(text: str, state: str, expected: list[tuple[str, str]]) -> None:
    body = "defaults: {}\nevidence: [CHG-20260304-aaaa]\n"
    assert found({CHANGE: text, TEMPLATE: template(body, state)}) == expected


@pytest.mark.parametrize(
    ("allowed", "body", "on", "expected"),
    [
        ("classes: [hardware]", "", "cis: [ci:web]", []),
        ("classes: [server, software]", "", "cis: [ci:web-01, ci:db-01]", []),
        ("classes: [vm]", "", "cis: [ci:web-01, ci:db-01]", ["cis[0]", "cis[1]"]),
        ("services: [service:store]", "", "services: [service:shop, service:mail]", ["services[1]"]),
        ("environments: [test]", "", "cis: [ci:web-01, ci:db-01]", ["cis[0]"]),
        ("environments: [test]", "environment: test\n", "cis: [ci:web-01]", []),
        ("environments: [test]", "environment: production\n", "cis: [ci:db-01]", ["environment"]),
        ("environments: [test]", "", "services: [service:shop]", []),
        ("max_duration: PT1H", HOUR, "cis: [ci:db-01]", []),
        ("max_duration: PT59M", HOUR, "cis: [ci:db-01]", ["planned.end"]),
        ("hours: always", HOUR, "cis: [ci:db-01]", []),
        ("hours: business-hours", HOUR, "cis: [ci:db-01]", ["planned"]),
        ("hours: business-hours", HOUR.replace("03-07", "03-06"), "cis: [ci:db-01]", []),
        ("hours: business-hours", "", "cis: [ci:db-01]", []),
    ],
)
def test_what_a_template_allows(allowed: str, body: str, on: str, expected: list[str]) -> None:
    files = {TEMPLATE: template(f"defaults: {{}}\nallowed: {{{allowed}}}\n"), CHANGE: standard(body, on)}
    assert [field for rule, field in found(files) if rule == "template-out-of-scope"] == expected


def test_hours_are_those_of_the_calendars_time_zone() -> None:
    files = {
        TEMPLATE: template("defaults: {}\nallowed: {hours: night}\n"),
        CHANGE: standard(planned("2026-03-07T21:30:00Z", "2026-03-07T22:30:00Z")),
    }
    night = "calendars: {night: {time_zone: ZONE, hours: [{days: [sat], start: '22:00', end: '24:00'}]}}\n"
    assert found(files, night.replace("ZONE", "Europe/Zurich")) == []
    assert found(files, night.replace("ZONE", "UTC")) == [("template-out-of-scope", "planned")]


def test_a_class_that_nobody_defined_is_told_alone() -> None:
    files = {
        TEMPLATE: template("defaults: {}\nallowed: {classes: [server]}\n"),
        CHANGE: standard(),
        WEB: f"{CI}class: sever\n",
    }
    assert [finding.rule for finding in findings(files)] == ["unknown-class"]


@pytest.mark.parametrize(
    ("type_", "body", "expected"),
    [
        ("normal", "", ["unauthorised-without-review"]),
        ("emergency", "fixes: [INC-20260304-aaaa]\n", ["unauthorised-without-review"]),
        ("normal", "pir: {held_at: 2026-03-05T10:00:00Z, summary: Talked it over.}\n", []),
        ("normal", HISTORY, []),
    ],
)
def test_what_was_found_afterwards_is_told_once(type_: str, body: str, expected: list[str]) -> None:
    text = change(f"state: closed\nresult: {{code: unsuccessful}}\n{body}", "review", "closed", type_=type_)
    assert [rule for rule, _ in found({CHANGE: text, INCIDENT: incident("")})] == expected


@pytest.mark.parametrize(
    ("risk", "expected"),
    [
        ("{impact: high, likelihood: medium}", [("pir-missing", "state")]),
        ("{impact: high, likelihood: low}", []),
        ("{impact: low, likelihood: low, override: {level: high, reason: New vendor.}}", [("pir-missing", "state")]),
    ],
)
def test_a_change_of_high_risk_owes_a_review(risk: str, expected: list[tuple[str, str]]) -> None:
    text = change(f"state: closed\n{DONE}risk: {risk}\n", *CARRIED_OUT, "closed")
    assert [one for one in found({CHANGE: text}) if one[0] == "pir-missing"] == expected


@pytest.mark.parametrize(
    ("body", "states", "expected"),
    [
        ("state: scheduled\nimplementer: person:alice\n", ("scheduled",), [("window-missing", "planned")]),
        ("state: assess\noutage: {expected: true}\n", ("assess",), [("window-missing", "outage")]),
        (
            "state: assess\noutage: {expected: true, start: '2026-03-07T10:00:00Z'}\n",
            ("assess",),
            [("window-missing", "outage")],
        ),
        (f"state: assess\noutage: {{expected: true}}\n{HOUR}", ("assess",), []),
        ("state: assess\noutage: {expected: false}\n", ("assess",), []),
        ("outage: {expected: true}\n", (), []),
        ("state: review\noutage: {expected: true}\nresult: {code: successful}\n", ("review",), []),
    ],
)
def test_when_a_window_is_asked_for(body: str, states: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    text = change(f"{body}plans: {{backout: [{{do: Undo it}}]}}\n", *states)
    assert found({CHANGE: text}) == expected


def test_a_missing_window_is_told_by_the_general_rule_where_this_one_is_off() -> None:
    body = "state: authorize\nplans: {backout: [{do: Undo it}]}\n"
    assert found({CHANGE: change(body, "authorize")}, "rules: {window-missing: 'off'}\n") == [
        ("missing-for-state", "planned")
    ]


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2026-03-14T10:00:00Z", []), ("2026-03-14T10:00:01Z", [("window-too-long", "planned.end")])],
)
def test_a_window_is_a_week_at_most(end: str, expected: list[tuple[str, str]]) -> None:
    window = planned("2026-03-07T10:00:00Z", end)
    assert found({CHANGE: change(window)}) == expected
    assert found({CHANGE: change(f"state: canceled\n{window}", "canceled")}) == []


@pytest.mark.parametrize(
    ("outage", "expected"),
    [
        ("expected: true", []),
        ("expected: true, start: '2026-03-07T10:00:00Z', end: '2026-03-07T12:00:00+01:00'", []),
        ("expected: true, start: '2026-03-07T09:59:00Z'", [("outage-outside-window", "outage.start")]),
        ("expected: true, end: '2026-03-07T11:01:00Z'", [("outage-outside-window", "outage.end")]),
        ("expected: false, end: '2026-03-07T11:01:00Z'", []),
    ],
)
def test_outages_lie_within_the_window(outage: str, expected: list[tuple[str, str]]) -> None:
    assert found({CHANGE: change(f"{HOUR}outage: {{{outage}}}\n")}) == expected


@pytest.mark.parametrize(
    ("implementation", "backout", "expected"),
    [
        ("{do: A, minutes: 30}, {do: B, minutes: 10}", "{do: C, minutes: 20}", []),
        (
            "{do: A, minutes: 30}, {do: B, minutes: 11}",
            "{do: C, minutes: 20}",
            [("backout-exceeds-window", "plans.backout")],
        ),
        ("{do: A, minutes: 90}", "{do: C}", []),
        ("{do: A}", "{do: C, minutes: 90}", []),
    ],
)
def test_the_window_holds_the_plan_and_the_way_back(
    implementation: str, backout: str, expected: list[tuple[str, str]]
) -> None:
    plans = f"plans:\n  implementation: [{implementation}]\n  backout: [{backout}]\n"
    assert found({CHANGE: change(HOUR + plans)}) == expected
    assert found({CHANGE: change(f"state: canceled\n{HOUR}{plans}", "canceled")}) == []


def test_a_window_that_ends_before_it_starts_is_told_alone() -> None:
    body = planned("2026-03-07T11:00:00Z", "2026-03-07T10:00:00Z")
    body += "plans: {implementation: [{do: A, minutes: 9}], backout: [{do: B, minutes: 9}]}\noutage: {expected: true}\n"
    files = {
        CHANGE: change(body),
        WEB: f"{CI}class: server\nmaintenance_window: {{days: [mon], start: '01:00', end: '02:00'}}\n",
    }
    assert found(files) == [("end-before-start", "planned.end")]


def test_an_emergency_fixes_something_unless_it_is_canceled() -> None:
    assert found({CHANGE: change("", type_="emergency")}) == [("emergency-unjustified", "type")]
    assert found({CHANGE: change("state: canceled\n", "canceled", type_="emergency")}) == []
    assert found({CHANGE: change("fixes: [INC-20260304-zzzz]\n", type_="emergency")}) == [("dangling-link", "fixes[0]")]


MAJOR = "major: {state: declared, manager: person:alice}\nservices: [service:shop]\ncis: [{ci: ci:web-01}]\n"
PLANNED = f"state: scheduled\nimplementer: person:alice\n{HOUR}plans: {{backout: [{{do: Undo it}}]}}\n"
BOTH = "services: [service:store]\ncis: [ci:web-01]"


def test_a_change_is_told_once_of_a_major_incident_by_any_name() -> None:
    files = {INCIDENT: incident(MAJOR), CHANGE: change(PLANNED, "scheduled", on=BOTH)}
    (rule, field) = found(files)[-1]
    assert (rule, field) == ("touches-major-incident", "services[0]")
    assert len([one for one, _ in found(files) if one == rule]) == 1


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({INCIDENT: incident(MAJOR), CHANGE: change(f"{PLANNED}fixes: [INC-20260304-aaaa]\n", "scheduled")}, False),
        ({INCIDENT: incident(f"{MAJOR}caused_by_change: CHG-20260304-aaaa\n")}, False),
        ({INCIDENT: incident(MAJOR.replace("declared", "proposed"))}, False),
        ({INCIDENT: incident(MAJOR.replace("ci: ci:web-01", "ci: ci:web-01, role: not-impacted"))}, False),
        ({INCIDENT: incident(MAJOR.replace("ci: ci:web-01", "ci: ci:web, role: suspected"))}, True),
        ({INCIDENT: incident(f"{MAJOR}state: canceled\n", "canceled")}, False),
        ({INCIDENT: incident(MAJOR), CHANGE: change(HOUR)}, False),
    ],
    ids=["fixes it", "caused it", "proposed", "not impacted", "suspected", "canceled", "not decided"],
)
def test_which_changes_touch_a_major_incident(files: Mapping[str, str], *, expected: bool) -> None:
    rules = {rule for rule, _ in found({CHANGE: change(PLANNED, "scheduled"), **files})}
    assert ("touches-major-incident" in rules) == expected


def test_a_change_that_fixes_the_incidents_problem_may_go_on() -> None:
    listing = f"title: It hangs\nincidents: [INC-20260304-aaaa]\ntimeline: [{CREATED}]\n"
    text = change(f"{PLANNED}fixes: [PRB-20260304-aaaa]\n", "scheduled")
    assert found({INCIDENT: incident(MAJOR), PROBLEM: listing, CHANGE: text}) == []


def outside(window: str, start: str, end: str, settings: str = "", **more: str) -> bool:
    """Return whether a change planned from start to end is outside the maintenance window."""
    ci = f"{CI}class: server\naliases: [web]\nmaintenance_window: {{{window}}}\n"
    files = {CHANGE: change(planned(start, end), **more), WEB: ci}
    return ("outside-maintenance-window", "cis[0]") in found(files, settings)


SUNDAY = "days: [sun], start: '02:00', end: '05:00'"
NIGHT = "days: [sat], start: '22:00', end: '03:00'"


@pytest.mark.parametrize(
    ("window", "start", "end", "expected"),
    [
        (SUNDAY, "2026-03-08T02:00:00Z", "2026-03-08T05:00:00Z", False),
        (SUNDAY, "2026-03-08T01:59:00Z", "2026-03-08T05:00:00Z", True),
        (SUNDAY, "2026-03-08T02:00:00Z", "2026-03-08T05:00:01Z", True),
        (SUNDAY, "2026-03-07T02:00:00Z", "2026-03-07T03:00:00Z", True),
        (SUNDAY, "2026-03-08T03:00:00Z", "2026-03-15T03:00:00Z", True),
        (NIGHT, "2026-03-07T22:00:00Z", "2026-03-08T03:00:00Z", False),
        (NIGHT, "2026-03-08T01:00:00Z", "2026-03-08T02:00:00Z", False),
        (NIGHT, "2026-03-07T01:00:00Z", "2026-03-07T02:00:00Z", True),
        (NIGHT, "2026-03-08T22:30:00Z", "2026-03-08T23:00:00Z", True),
        ("days: [sat], start: '12:00', end: '12:00'", "2026-03-07T12:00:00Z", "2026-03-08T12:00:00Z", False),
        ("days: [fri, sat], start: '12:00', end: '12:00'", "2026-03-06T12:00:00Z", "2026-03-08T12:00:00Z", False),
        ("days: [sat], start: '22:00', end: '00:00'", "2026-03-07T22:00:00Z", "2026-03-08T00:00:00Z", False),
        ("days: [sat], start: '22:00', end: '00:00'", "2026-03-07T22:00:00Z", "2026-03-08T00:00:01Z", True),
        (f"{SUNDAY}, time_zone: Europe/Zurich", "2026-03-08T01:00:00Z", "2026-03-08T04:00:00Z", False),
        (f"{SUNDAY}, time_zone: Europe/Zurich", "2026-07-05T01:00:00Z", "2026-07-05T04:00:00Z", True),
        (f"{SUNDAY}, time_zone: Europe/Zurich", "2026-07-05T00:00:00Z", "2026-07-05T03:00:00Z", False),
        (f"{SUNDAY}, time_zone: Nowhere/Land", "2026-03-07T01:00:00Z", "2026-03-07T04:00:00Z", False),
    ],
)
def test_maintenance_windows_of_all_forms(window: str, start: str, end: str, *, expected: bool) -> None:
    assert outside(window, start, end) == expected


def test_the_organisations_time_zone_is_the_windows() -> None:
    times = ("2026-03-08T01:00:00Z", "2026-03-08T04:00:00Z")
    assert outside(SUNDAY, *times)
    assert not outside(SUNDAY, *times, settings="time_zone: Europe/Zurich\n")


def test_an_emergency_does_not_wait_for_the_window() -> None:
    times = ("2026-03-04T01:00:00Z", "2026-03-04T04:00:00Z")
    assert outside(SUNDAY, *times, on="cis: [ci:web]")
    assert not outside(SUNDAY, *times, type_="emergency")
    assert not outside(SUNDAY, *times, on="services: [service:shop]")


def test_imported_history_owes_nothing() -> None:
    body = (
        f"state: closed\n{HISTORY}{planned('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')}outage: {{expected: true}}\n"
    )
    for type_ in ("standard", "normal", "emergency"):
        assert found({CHANGE: change(body, "review", "closed", type_=type_)}) == []
