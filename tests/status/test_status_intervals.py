"""Impact intervals: what the words of an incident say about its services in time."""

from datetime import datetime

import pytest

from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.intervals import Episode
from itsm_as_code.status.overview import overview

SERVICES = {
    f"records/services/{name}.yaml": (
        f"title: The {name}\nstate: live\nowner: team:web\ntier: 1\naliases: [The {name}]\n"
    )
    for name in ("shop", "pay")
}
HEAD = "title: Trouble\nimpact: high\nurgency: high\n"
NOW = datetime.fromisoformat("2026-03-10T12:00:00Z")


def course(text: str) -> Episode:
    """Return the course of an incident; its times are written as hours of one day: `{at: 06, …}`."""
    file = "records/incidents/2026/INC-20260310-aaaa.yaml"
    snapshot = load(MemorySource({**SERVICES, file: HEAD + text}))
    assert snapshot.records["INC-20260310-aaaa"].valid, snapshot.faults
    return overview(snapshot, NOW, "internal").episodes["INC-20260310-aaaa"]


def entry(hour: int, type_: str, **more: str) -> str:
    said = "".join(f", {name}: {value}" for name, value in more.items())
    return f"  - {{at: 2026-03-10T{hour:02d}:00:00Z, by: person:ann, type: {type_}{said}}}\n"


def seen(of: Episode) -> list[tuple[str, str, int, int | None]]:
    return [
        (
            interval.service.removeprefix("service:"),
            interval.level,
            interval.start.hour,
            interval.end.hour if interval.end else None,
        )
        for interval in of.intervals
    ]


PUBLIC = "services: [service:shop]\npublic: {level: degraded}\ntimeline:\n"


def test_from_the_first_entry_on_while_it_is_open() -> None:
    of = course(PUBLIC + entry(6, "created"))
    assert seen(of) == [("shop", "degraded", 6, None)]
    assert of.is_open(NOW)
    assert of.level(NOW) == "degraded"


@pytest.mark.parametrize(
    ("fields", "hour"),
    [
        ("opened_at: 2026-03-10T05:00:00Z\n", 5),
        ("opened_at: 2026-03-10T05:00:00Z\ndetected_at: 2026-03-10T04:00:00Z\n", 4),
        ("detected_at: 2026-03-10T04:00:00Z\nstarted_at: 2026-03-10T03:00:00Z\n", 3),
    ],
)
def test_the_start_is_what_is_known_best(fields: str, hour: int) -> None:
    assert seen(course(fields + PUBLIC + entry(6, "created"))) == [("shop", "degraded", hour, None)]


def test_a_transition_ends_it() -> None:
    text = "state: closed\nresolution: {code: fixed}\n" + PUBLIC + entry(6, "created")
    of = course(text + entry(8, "transition", to="resolved") + entry(9, "transition", to="closed"))
    assert seen(of) == [("shop", "degraded", 6, 8)]
    assert (of.start, of.end(NOW)) == (
        datetime.fromisoformat("2026-03-10T06:00Z"),
        datetime.fromisoformat("2026-03-10T08:00Z"),
    )
    assert not of.is_open(NOW)
    assert of.is_open(datetime.fromisoformat("2026-03-10T07:00Z"))
    assert not of.is_open(datetime.fromisoformat("2026-03-10T05:00Z"))
    assert of.level(NOW) == "operational"
    assert of.peak(NOW) == "degraded"


def test_impact_entries_change_the_level_per_service() -> None:
    text = "services: [service:shop, service:pay]\npublic: {level: major-outage}\ntimeline:\n" + entry(6, "created")
    text += entry(7, "impact", services="[service:pay]", level="none")
    text += entry(8, "impact", services="[service:shop]", level="major-outage")
    text += entry(9, "impact", services="[service:shop]", level="partial-outage")
    of = course(text)
    assert seen(of) == [
        ("pay", "major-outage", 6, 7),
        ("shop", "major-outage", 6, 9),
        ("shop", "partial-outage", 9, None),
    ]
    assert of.peak(NOW) == "major-outage"


def test_impact_entries_alone_and_by_another_name() -> None:
    text = "timeline:\n" + entry(6, "created") + entry(7, "impact", services="[service:The shop]", level="degraded")
    assert seen(course(text)) == [("shop", "degraded", 7, None)]


def test_public_services_are_those_of_the_incident_unless_it_names_others() -> None:
    text = "services: [service:shop]\npublic: {level: degraded, services: [service:pay, service:nowhere]}\ntimeline:\n"
    assert seen(course(text + entry(6, "created"))) == [("pay", "degraded", 6, None)]


def test_without_a_declared_level_there_is_no_interval() -> None:
    of = course("services: [service:shop]\ntimeline:\n" + entry(6, "created"))
    assert seen(of) == []
    assert of.services == ("service:shop",)
    assert of.is_open(NOW)


def test_reopening_takes_the_level_up_again() -> None:
    text = "state: in-progress\nassignment: {team: team:web}\n" + PUBLIC + entry(6, "created")
    text += entry(7, "transition", to="resolved") + entry(9, "transition", to="in-progress")
    of = course(text)
    assert seen(of) == [("shop", "degraded", 6, 7), ("shop", "degraded", 9, None)]
    assert of.is_open(NOW)


def test_it_began_with_its_first_entry_where_its_start_says_later() -> None:
    text = "state: closed\nopened_at: 2026-03-10T09:00:00Z\nresolution: {code: fixed}\n" + PUBLIC
    of = course(text + entry(6, "created") + entry(7, "transition", to="resolved"))
    assert seen(of) == [("shop", "degraded", 6, 7)]
    assert not of.is_open(NOW)


def test_a_closed_record_without_a_transition_is_not_open() -> None:
    text = "state: closed\nresolution: {code: fixed}\nexternal: [{system: old, id: x, history: true}]\n" + PUBLIC
    of = course(text + entry(6, "created"))
    assert seen(of) == [("shop", "degraded", 6, 6)]
    assert of.end(NOW) is None
    assert of.impact(NOW) is None
    assert not of.is_open(NOW)


def test_entries_count_in_the_order_of_time_not_of_the_file() -> None:
    text = PUBLIC + entry(6, "created") + entry(9, "impact", services="[service:shop]", level="none")
    assert seen(course(text + entry(7, "impact", services="[service:shop]", level="partial-outage"))) == [
        ("shop", "degraded", 6, 7),
        ("shop", "partial-outage", 7, 9),
    ]


@pytest.mark.parametrize("field", ["started_at", "detected_at", "opened_at"])
def test_a_start_in_the_future_hides_nothing(field: str) -> None:
    of = course(f"{field}: 2027-03-10T05:00:00Z\n" + PUBLIC + entry(6, "created"))
    assert of.is_open(NOW)
    assert of.start == datetime.fromisoformat("2026-03-10T06:00Z")
    assert of.level(NOW) == "degraded"


def test_what_was_noted_down_later_does_not_move_the_start() -> None:
    noted = "  - {at: 2026-03-09T01:00:00Z, recorded_at: 2026-03-10T08:00:00Z, by: person:ann, type: note, text: x}\n"
    of = course(PUBLIC + entry(6, "created") + noted)
    assert of.start == datetime.fromisoformat("2026-03-10T06:00Z")


@pytest.mark.parametrize(
    "services", ["", "services: []\n", "services: [service:nowhere]\n", "services: [service:old]\n"]
)
def test_its_own_level_does_not_need_a_service(services: str) -> None:
    text = services + "public: {level: major-outage}\ntimeline:\n" + entry(6, "created")
    of = course(text)
    assert (seen(of), of.level(NOW), of.peak(NOW)) == ([], "major-outage", "major-outage")
    named = "[service:nowhere]" if "nowhere" in services else "[service:old]"
    better = course(text + entry(8, "impact", services=named, level="degraded"))
    assert (better.level(NOW), better.peak(NOW)) == ("degraded", "major-outage")
    impact = course(text + entry(8, "impact", services=named, level="none")).impact(NOW)
    assert impact is not None
    assert (impact.start.hour, impact.end and impact.end.hour) == (6, 8)


def test_impact_is_from_the_first_level_to_the_last_without_the_time_between() -> None:
    text = "state: closed\nresolution: {code: fixed}\n" + PUBLIC + entry(3, "created")
    text += entry(4, "impact", services="[service:shop]", level="none")
    text += entry(6, "impact", services="[service:shop, service:pay]", level="major-outage")
    text += entry(7, "impact", services="[service:shop, service:pay]", level="none")
    of = course(text + entry(9, "transition", to="resolved"))
    impact = of.impact(NOW)
    assert impact is not None
    assert (impact.start.hour, impact.end and impact.end.hour, impact.length.total_seconds()) == (3, 7, 7200)
    early = of.impact(datetime.fromisoformat("2026-03-10T03:30Z"))
    assert early is not None
    assert (early.end, early.length.total_seconds()) == (None, 1800)


def test_a_canceled_incident_was_none() -> None:
    of = course("state: canceled\n" + PUBLIC + entry(6, "created") + entry(7, "transition", to="canceled"))
    assert (seen(of), of.peak(NOW), of.impact(NOW)) == ([], "operational", None)


def test_between_its_end_and_its_reopening_it_is_not_open() -> None:
    text = "state: in-progress\nassignment: {team: team:web}\n" + PUBLIC + entry(6, "created")
    of = course(text + entry(7, "transition", to="resolved") + entry(9, "transition", to="in-progress"))
    between = datetime.fromisoformat("2026-03-10T08:00Z")
    assert not of.is_open(between)
    assert of.end(between) == datetime.fromisoformat("2026-03-10T07:00Z")
    assert (of.reopened(between), of.end(NOW)) == (None, None)
    assert of.reopened(NOW) == datetime.fromisoformat("2026-03-10T09:00Z")
