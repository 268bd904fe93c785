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
    assert (of.start, of.end) == (
        datetime.fromisoformat("2026-03-10T06:00Z"),
        datetime.fromisoformat("2026-03-10T08:00Z"),
    )
    assert not of.is_open(NOW)
    assert of.is_open(datetime.fromisoformat("2026-03-10T07:00Z"))
    assert not of.is_open(datetime.fromisoformat("2026-03-10T05:00Z"))
    assert of.level(NOW) == "operational"
    assert of.peak() == "degraded"


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
    assert of.peak() == "major-outage"


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


def test_an_end_before_the_start_has_no_length() -> None:
    text = "state: closed\nopened_at: 2026-03-10T09:00:00Z\nresolution: {code: fixed}\n" + PUBLIC
    of = course(text + entry(6, "created") + entry(7, "transition", to="resolved"))
    assert seen(of) == [("shop", "degraded", 9, 9)]
    assert not of.is_open(NOW)


def test_a_closed_record_without_a_transition_is_not_open() -> None:
    text = "state: closed\nresolution: {code: fixed}\nexternal: [{system: old, id: x, history: true}]\n" + PUBLIC
    of = course(text + entry(6, "created"))
    assert seen(of) == [("shop", "degraded", 6, 6)]
    assert of.end is None
    assert not of.is_open(NOW)


def test_entries_count_in_the_order_of_time_not_of_the_file() -> None:
    text = PUBLIC + entry(6, "created") + entry(9, "impact", services="[service:shop]", level="none")
    assert seen(course(text + entry(7, "impact", services="[service:shop]", level="partial-outage"))) == [
        ("shop", "degraded", 6, 7),
        ("shop", "partial-outage", 7, 9),
    ]
