"""The overview and the headline: every service's status with its reason, as each audience may know it."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.audience import Audience
from itsm_as_code.status.overview import Overview, overview
from itsm_as_code.status.rollup import headline, rollup


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}:00Z")


def service(name: str, visibility: str = "public", state: str = "live") -> Mapping[str, str]:
    text = f"title: The {name}\nstate: {state}\nowner: team:web\ntier: 1\nvisibility: {visibility}\n"
    return {f"records/services/{name}.yaml": text}


def incident(
    word: str, level: str, *services: str, visibility: str = "public", state: str = "new"
) -> Mapping[str, str]:
    text = (
        f"title: Trouble\nimpact: high\nurgency: high\nstate: {state}\nvisibility: {visibility}\n"
        f"services: [{', '.join(f'service:{name}' for name in services)}]\npublic: {{level: {level}}}\n"
        "timeline: [{at: 2026-03-10T06:00:00Z, by: person:ann, type: created}]\n"
    )
    return {f"records/incidents/2026/INC-20260310-{word}.yaml": text}


def change(state: str, more: str = "", outage: str = "expected: true") -> Mapping[str, str]:
    text = (
        f"title: New disks\ntype: normal\nreason: Old ones are full.\nvisibility: public\nstate: {state}\n"
        "services: [service:shop, service:pay]\nplanned: {start: 2026-03-10T20:00:00Z, end: 2026-03-10T22:00:00Z}\n"
        f"outage: {{{outage}}}\n{more}timeline: [{{at: 2026-03-09T06:00:00Z, by: person:ann, type: created}}]\n"
    )
    return {"records/changes/2026/CHG-20260309-bbbb.yaml": text}


def held(*files: Mapping[str, str]) -> Snapshot:
    return load(MemorySource({path: text for each in files for path, text in each.items()}))


def view(*files: Mapping[str, str], now: str = "10T12:00", audience: Audience = "internal") -> Overview:
    return overview(held(*files), at(now), audience)


def status(of: Overview) -> dict[str, str]:
    return {address.removeprefix("service:"): standing.level for address, standing in of.standings.items()}


BOTH = (service("shop"), service("pay", "internal"))


def test_operational_where_nothing_says_otherwise() -> None:
    of = view(*BOTH)
    assert status(of) == {"pay": "operational", "shop": "operational"}
    assert all(not standing.reasons for standing in of.standings.values())


def test_the_gravest_reason_counts_and_all_are_told() -> None:
    of = view(*BOTH, incident("aaaa", "degraded", "shop", "pay"), incident("bbbb", "major-outage", "shop"))
    assert status(of) == {"pay": "degraded", "shop": "major-outage"}
    assert [(reason.cause, reason.level) for reason in of.standings["service:shop"].reasons] == [
        ("INC-20260310-bbbb", "major-outage"),
        ("INC-20260310-aaaa", "degraded"),
    ]
    assert of.standings["service:shop"].reasons[0].since == at("10T06:00")
    assert [item.record.id for item in of.open_incidents] == ["INC-20260310-bbbb", "INC-20260310-aaaa"]


@pytest.mark.parametrize(
    ("visibility", "seen"),
    [
        ("public", ["degraded", "degraded", "degraded"]),
        ("internal", ["operational", "degraded", "degraded"]),
        ("restricted", ["operational", "operational", "degraded"]),
    ],
)
def test_only_what_an_audience_may_see_counts(visibility: str, seen: list[str]) -> None:
    files = (service("shop"), incident("aaaa", "degraded", "shop", visibility=visibility))
    audiences: list[Audience] = ["public", "internal", "restricted"]
    assert [status(view(*files, audience=audience))["shop"] for audience in audiences] == seen


def test_services_not_in_use_have_no_status() -> None:
    of = view(service("shop", state="retired"), service("new", state="design"), service("old", state="retiring"))
    assert status(of) == {"old": "operational"}
    assert "shop" not in status(view(*BOTH, audience="public")) or "pay" not in status(view(*BOTH, audience="public"))


def test_unreadable_records_are_told_inside_and_withheld_ones_are_not_there() -> None:
    bad = {"records/services/shop.yaml": "title: x\n", "records/incidents/2026/INC-20260310-aaaa.yaml": "title: [\n"}
    of = view(bad)
    assert status(of) == {"shop": "unknown"}
    assert [record.address for record in of.unread] == ["INC-20260310-aaaa", "service:shop"]
    assert status(overview(held(bad), at("10T12:00"), "internal", {"service:shop"})) == {}
    outside = view(bad, audience="public")
    assert (status(outside), outside.unread, outside.incomplete) == ({}, (), True)


@pytest.mark.parametrize(
    ("state", "now", "phase", "level"),
    [
        ("new", "10T21:00", "proposed", "operational"),
        ("authorize", "10T21:00", "proposed", "operational"),
        ("scheduled", "10T19:59", "planned", "operational"),
        ("scheduled", "10T20:00", "active", "under-maintenance"),
        ("scheduled", "10T22:00", "unconfirmed", "operational"),
        ("implement", "10T19:00", "active", "under-maintenance"),
        ("implement", "10T23:00", "active", "under-maintenance"),
        ("review", "10T21:00", "done", "operational"),
        ("closed", "10T21:00", "done", "operational"),
        ("canceled", "10T21:00", "canceled", "operational"),
    ],
)
def test_changes_with_an_outage_are_maintenance(state: str, now: str, phase: str, level: str) -> None:
    more = "implementer: person:ann\n" + ("result: {code: successful}\n" if state in {"review", "closed"} else "")
    of = view(*BOTH, change(state, more), now=now)
    work = of.maintenances["CHG-20260309-bbbb"]
    assert work.phase == phase
    assert (work.start, work.end) == (at("10T20:00"), at("10T22:00"))
    assert status(of) == {"pay": level, "shop": level}


def test_the_outage_has_services_and_a_window_of_its_own() -> None:
    outage = "expected: true, services: [service:pay], start: 2026-03-10T20:30:00Z, end: 2026-03-10T20:40:00Z"
    of = view(*BOTH, change("scheduled", outage=outage), now="10T20:35")
    assert status(of) == {"pay": "under-maintenance", "shop": "operational"}
    assert of.maintenances["CHG-20260309-bbbb"].start == at("10T20:30")


def test_a_change_without_an_outage_is_no_maintenance() -> None:
    assert not view(*BOTH, change("scheduled", outage="expected: false")).maintenances


def test_an_outage_is_graver_than_maintenance() -> None:
    of = view(*BOTH, change("implement"), incident("aaaa", "degraded", "shop"))
    assert status(of) == {"pay": "under-maintenance", "shop": "degraded"}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], ("none", "All Systems Operational")),
        (["operational", "operational"], ("none", "All Systems Operational")),
        (["under-maintenance", "operational"], ("maintenance", "Service Under Maintenance")),
        (["degraded", "under-maintenance"], ("minor", "Partially Degraded Service")),
        (["partial-outage", "degraded"], ("minor", "Minor Service Outage")),
        (["major-outage", "operational"], ("major", "Partial System Outage")),
        (["major-outage", "major-outage"], ("critical", "Major System Outage")),
    ],
)
def test_rollup(levels: list[str], expected: tuple[str, str]) -> None:
    assert rollup(levels) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hit", "sentence"),
    [
        ([], "All systems operational"),
        (["a"], "Major outage: The a"),
        (["a", "b"], "Major outage: The a and The b"),
        (["a", "b", "c"], "Major outage: The a, The b and The c"),
        (["a", "b", "c", "d"], "Major outage: 4 services"),
        (["a", "b", "c", "d", "e"], "Major outage: all services"),
    ],
)
def test_the_headline_names_the_effect(hit: list[str], sentence: str) -> None:
    files = [service(name) for name in "abcde"] + ([incident("aaaa", "major-outage", *hit)] if hit else [])
    of = view(*files)
    assert (
        headline(of, at("10T12:00"), {address: each.service.title for address, each in of.standings.items()}).sentence
        == sentence
    )


def test_the_headline_does_not_say_all_is_well_over_an_open_incident() -> None:
    of = view(service("shop"), incident("aaaa", "none", "shop"))
    said = headline(of, at("10T12:00"), {"service:shop": "Shop"})
    assert (said.indicator, said.description) == ("none", "All Systems Operational")
    assert said.sentence == "We are working on one incident"
    of = view(service("shop"), incident("aaaa", "none", "shop"), incident("bbbb", "none", "shop"))
    assert headline(of, at("10T12:00"), {"service:shop": "Shop"}).sentence == "We are working on 2 incidents"


def test_unknown_services_do_not_count_in_the_rollup() -> None:
    of = view(service("shop"), {"records/services/pay.yaml": "title: x\n"}, incident("aaaa", "major-outage", "shop"))
    said = headline(of, at("10T12:00"), {address: each.service.title for address, each in of.standings.items()})
    assert (said.indicator, said.sentence) == ("critical", "Major outage: The shop")
