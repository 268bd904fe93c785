"""Calendars and time zones that records name: which are told, with what advice, and which are left alone."""

from collections.abc import Mapping

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

SLA = "records/slas/critical.yaml"
TEMPLATE = "records/change-templates/restart.yaml"
FREEZE = "records/freezes/audit.yaml"
CI = "records/cis/web-01.yaml"


def found(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return rule, field and message of each finding about calendars and zones."""
    team = {"records/teams/ops.yaml": "name: Operations\n"}
    return [
        (finding.rule, finding.field, finding.message)
        for finding in lint(load(MemorySource({**team, **files})))
        if finding.rule in {"unknown-calendar", "unknown-time-zone"}
    ]


def sla(calendar: str) -> str:
    return f"title: Critical\ntype: sla\napplies_to: incident\ntargets: {{response: PT1H}}\n{calendar}"


def template(state: str, hours: str) -> str:
    return f"title: Restart\nowner: team:ops\nversion: 1\ndefaults: {{}}\nstate: {state}\nallowed: {{hours: {hours}}}\n"


def freeze(zone: str) -> str:
    times = "start: 2026-05-04T00:00:00+02:00\nend: 2026-05-08T18:00:00+02:00\n"
    return f"title: The audit\nlevel: soft\n{times}timezone: {zone}\nscope: {{all: true}}\nreason: Calm.\n"


def test_shipped_and_own_calendars_are_known() -> None:
    own = 'format: 1\ncalendars: {nights: {hours: [{days: [mon], start: "00:00", end: "06:00"}]}}\n'
    for name in ("always", "business-hours", "nights"):
        assert found({"itsm.yaml": own, SLA: sla(f"calendar: {name}\n")}) == []
    assert found({SLA: sla("")}) == []


def test_an_unknown_calendar_is_told_with_what_there_is() -> None:
    near = "business-hour is no calendar (did you mean business-hours?)"
    assert found({SLA: sla("calendar: business-hour\n")}) == [("unknown-calendar", "calendar", near)]
    known = "calendars are always and business-hours; name one, or add it to calendars in itsm.yaml"
    assert found({TEMPLATE: template("draft", "xyz")}) == [
        ("unknown-calendar", "allowed.hours", f"xyz is no calendar; {known}")
    ]


def test_a_retired_template_may_name_what_is_gone() -> None:
    assert found({TEMPLATE: template("retired", "nights")}) == []


@pytest.mark.parametrize("zone", ["Europe/Zurich", "UTC", "America/Argentina/Buenos_Aires"])
def test_time_zones_that_exist_are_good(zone: str) -> None:
    window = f'maintenance_window: {{days: [sun], start: "02:00", end: "05:00", time_zone: {zone}}}\n'
    assert found({FREEZE: freeze(zone), CI: f"title: Web\nclass: server\nowner: team:ops\n{window}"}) == []


@pytest.mark.parametrize(
    ("zone", "advice"),
    [
        ("Europe/Zurch", " (did you mean Europe/Zurich?)"),
        ("../../etc/passwd", "; write e.g. Europe/Zurich"),
        ("x" * 190, "; write e.g. Europe/Zurich"),
    ],
)
def test_a_time_zone_that_does_not_exist(zone: str, advice: str) -> None:
    ((rule, field, message),) = found({FREEZE: freeze(zone)})
    assert (rule, field) == ("unknown-time-zone", "timezone")
    assert message.endswith(f" is no time zone{advice}")
    assert len(message) < 120
