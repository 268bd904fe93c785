"""What the headline may say where not all is known: unread records, services out of sight, other moments."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.status.audience import Audience
from itsm_as_code.status.overview import Overview, overview
from itsm_as_code.status.rollup import headline

NOW = datetime.fromisoformat("2026-03-10T12:00:00Z")
SHOP = "title: The shop\nstate: live\nowner: team:web\ntier: 1\nvisibility: public\n"
INCIDENT = """\
title: Nobody can pay
impact: high
urgency: high
visibility: public
services: [service:hidden]
public: {level: major-outage}
timeline: [{at: 2026-03-10T06:00:00Z, by: person:ann, type: created}]
"""
FILES: Mapping[str, str] = {
    "records/services/shop.yaml": SHOP,
    "records/services/hidden.yaml": SHOP.replace("public", "internal").replace("The shop", "The ledger"),
}
FILE = "records/incidents/2026/INC-20260310-aaaa.yaml"
CANCELED = INCIDENT.replace("impact: high", "impact: high\nstate: canceled")
UNSURE = "No known outage; some reports could not be read"


def view(files: Mapping[str, str], audience: Audience = "public", now: datetime = NOW) -> Overview:
    return overview(load(MemorySource({**FILES, **files})), now, audience)


def said(of: Overview, now: datetime = NOW) -> tuple[str, str]:
    names = {address: standing.service.title for address, standing in of.standings.items()}
    head = headline(of, now, names)
    return head.level, head.sentence


@pytest.mark.parametrize("services", ["[service:hidden]", "[service:nowhere]", "[]", "[service:old]"])
def test_a_declared_outage_is_told_whatever_became_of_its_services(services: str) -> None:
    old = {"records/services/old.yaml": SHOP.replace("live", "retired")}
    incident = INCIDENT.replace("[service:hidden]", services)
    assert said(view({**old, FILE: incident})) == ("major-outage", "Major outage: see the open incident")


def test_several_open_incidents_are_named_as_several() -> None:
    second = FILE.replace("aaaa", "bbbb")
    assert said(view({FILE: INCIDENT, second: INCIDENT}))[1] == "Major outage: see the open incidents"


def test_a_service_that_explains_the_level_is_named() -> None:
    incident = INCIDENT.replace("hidden", "shop")
    assert said(view({FILE: incident})) == ("major-outage", "Major outage: The shop")


def test_reopened_after_the_impact_ended_is_not_all_well() -> None:
    entries = ["services: [service:shop], type: impact, level: none", "type: transition, to: resolved"]
    entries.append("type: transition, to: in-progress")
    timeline = "timeline:\n  - {at: 2026-03-10T06:00:00Z, by: person:ann, type: created}\n" + "".join(
        f"  - {{at: 2026-03-10T0{7 + hour}:00:00Z, by: person:ann, {entry}}}\n" for hour, entry in enumerate(entries)
    )
    text = INCIDENT.replace("hidden", "shop").partition("timeline:")[0]
    of = view({FILE: f"{text}state: in-progress\nassignment: {{team: team:web}}\n{timeline}"})
    assert said(of) == ("operational", "We are working on one incident")


@pytest.mark.parametrize("audience", ["public", "internal", "restricted"])
@pytest.mark.parametrize(
    "broken",
    [
        {FILE: INCIDENT.replace("impact: high", "impact: hihg")},
        {FILE: INCIDENT.replace("visibility", "visibilty")},
        {FILE: "title: [\n"},
        {"records/services/shop.yaml": SHOP.replace("tier: 1", "tier: two")},
        {"records/changes/2026/CHG-20260310-aaaa.yaml": "title: New disks\n"},
        {FILE: CANCELED, FILE.replace("2026/", "2025/"): INCIDENT},
    ],
)
def test_a_typo_does_not_turn_the_page_green(audience: Audience, broken: Mapping[str, str]) -> None:
    of = view(broken, audience)
    assert said(of) == ("unknown", UNSURE)
    assert of.incomplete
    assert bool(of.unread) == (audience != "public")


def test_what_is_plainly_for_others_leaves_the_public_page_green() -> None:
    for visibility in ("internal", "restricted"):
        broken = INCIDENT.replace("impact: high", "impact: hihg").replace("public\n", f"{visibility}\n")
        assert said(view({FILE: broken})) == ("operational", "All systems operational")


def test_a_file_that_the_system_does_not_give_is_unread_too() -> None:
    class Refusing(MemorySource):
        def read(self, paths):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
            for path, data in super().read(paths):
                yield path, "permission denied" if path == FILE else data

    of = overview(load(Refusing({**FILES, FILE: INCIDENT})), NOW, "public")
    assert said(of) == ("unknown", UNSURE)


def test_an_unread_public_service_stays_with_its_reasons() -> None:
    broken = {"records/services/shop.yaml": SHOP.replace("tier: 1", "tier: two")}
    assert {address: held.level for address, held in view(broken).standings.items()} == {"service:shop": "unknown"}
    hit = view({**broken, FILE: INCIDENT.replace("hidden", "shop")})
    assert said(hit) == ("major-outage", "Major outage: The shop")


@pytest.mark.parametrize(
    "text",
    [
        SHOP.replace("visibility: public", "visibility: pubic"),
        SHOP.replace("visibility: public\n", "") + "tier: 2\n",
        "visibility: internal\n" + SHOP,
        SHOP.replace("The shop", "[a, b]"),
        SHOP.replace("tier: 1", "tier: two").replace("live", "design"),
        SHOP.replace("tier: 1", "tier: two # was restricted"),
    ],
)
def test_an_unread_service_that_may_not_be_public_is_not_named(text: str) -> None:
    assert view({"records/services/shop.yaml": text}).standings == {}


def test_without_services_nothing_is_green() -> None:
    of = overview(load(MemorySource({})), NOW, "public")
    assert said(of) == ("unknown", "No services are shown here yet")


def test_before_anything_was_known_there_are_no_incidents() -> None:
    early = datetime.fromisoformat("2026-03-10T05:59:00Z")
    of = view({FILE: INCIDENT}, now=early)
    assert (of.episodes, of.open_incidents) == ({}, [])
    assert said(of, early) == ("operational", "All systems operational")


def test_maintenance_at_another_moment_is_as_its_timeline_says() -> None:
    entries = [("05", "created"), ("06", "scheduled"), ("08", "implement"), ("10", "review"), ("11", "closed")]
    timeline = "".join(
        f"  - {{at: 2026-03-10T{hour}:00:00Z, by: person:ann, "
        + ("type: created}\n" if to == "created" else f"type: transition, to: {to}}}\n")
        for hour, to in entries
    )
    change = (
        "title: New disks\ntype: normal\nreason: Old.\nvisibility: public\nstate: closed\nservices: [service:shop]\n"
        "implementer: person:ann\nresult: {code: successful}\n"
        "planned: {start: 2026-03-10T07:00:00Z, end: 2026-03-10T12:00:00Z}\noutage: {expected: true}\n"
        f"timeline:\n{timeline}"
    )
    found = {}
    for hour in ("05", "06", "07", "09", "10"):
        now = datetime.fromisoformat(f"2026-03-10T{hour}:30:00Z")
        work = view({"records/changes/2026/CHG-20260310-aaaa.yaml": change}, now=now).maintenances["CHG-20260310-aaaa"]
        found[hour] = (work.phase, work.worked and tuple(at.hour for at in work.worked))
    assert found == {
        "05": ("proposed", None),
        "06": ("planned", None),
        "07": ("active", None),
        "09": ("active", None),
        "10": ("done", (8, 10)),
    }
