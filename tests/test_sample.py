"""The sample organisation: it lints clean, and its stories hold."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

ROOT = Path(__file__).parents[1]
NOW = datetime.fromisoformat("2026-03-10T09:00:00+01:00")
KINDS = ("incident", "problem", "change", "service", "ci", "asset", "person", "team")

STORIES = {
    "INC-20260304-w4rm": (
        "INC-20260304-c9te",
        "INC-20260305-7hkd",
        "CHG-20260224-x3gb",
        "CHG-20260304-p7zj",
        "CHG-20260309-v5ca",
        "PRB-20260305-a7nq",
        "ci:lb-01",
        "ci:lb-02",
        "ci:cert-seven-farms",
        "service:web-shop",
    ),
    "PRB-20260122-j4wd": (
        "INC-20260108-t3vy",
        "INC-20260115-n8xa",
        "INC-20260122-5gjr",
        "INC-20260129-q2zm",
        "CHG-20260123-h2ve",
        "CHG-20260203-r8mt",
        "ci:depot-01",
        "ci:ups-depot-01",
        "ci:ups-depot-02",
        "asset:UPS-0001",
        "asset:UPS-0002",
    ),
    "CHG-20260217-d6qs": (
        "CHG-20260306-f1yk",
        "PRB-20260209-k5rx",
        "ci:orders-db",
        "ci:db-01",
        "ci:db-02",
        "service:order-database",
    ),
    "asset:LT-0031": ("ci:lt-0031", "person:mirjam-otten", "service:depot-picking"),
    "INC-20260310-m0sf": ("INC-20260227-e6bp", "ci:sms-gateway", "service:delivery-messages"),
}


@pytest.fixture(scope="module")
def sample() -> Snapshot:
    paths = [ROOT / "itsm.yaml", *sorted((ROOT / "records").rglob("*.yaml"))]
    return load(MemorySource({path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}))


def neighbours(sample: Snapshot, address: str) -> set[str]:
    """Addresses one link away, in either direction; people and teams know everybody, so they do not count."""
    outgoing = {link.target for link in sample.graph.outgoing.get(address, ()) if link.target}
    incoming = {link.source for link in sample.graph.incoming.get(address, ())}
    return outgoing | incoming


def within(sample: Snapshot, heads: Iterable[str], steps: int) -> set[str]:
    """Addresses at most `steps` links away from `heads`, never on the way through a person or team."""
    found = set(heads)
    edge = found
    for _ in range(steps):
        passable = {address for address in edge if not address.startswith(("person:", "team:"))}
        edge = {near for address in passable for near in neighbours(sample, address)} - found
        found = found | edge
    return found


def test_it_lints_clean(sample: Snapshot) -> None:
    assert [f"{finding.place} {finding.rule} {finding.message}" for finding in lint(sample)] == []


def test_no_link_is_broken(sample: Snapshot) -> None:
    assert sample.graph.broken == ()
    assert not [link for link in sample.graph.links if link.alias]


def test_every_kind_occurs(sample: Snapshot) -> None:
    assert {kind for kind in KINDS if not sample.of(kind)} == set()
    assert 50 <= len(sample.records) <= 65


def test_every_visibility_occurs_and_most_is_internal(sample: Snapshot) -> None:
    seen = [record.visibility for record in sample.records.values()]
    assert seen.count("public") >= 6
    assert 1 <= seen.count("restricted") <= 2
    assert seen.count("internal") > len(seen) / 2


@pytest.mark.parametrize("head", STORIES)
def test_a_story_can_be_walked_from_its_head(sample: Snapshot, head: str) -> None:
    assert set(STORIES[head]) - within(sample, [head], steps=2) == set()


def test_every_record_has_a_part_in_a_story(sample: Snapshot) -> None:
    told = within(sample, STORIES, steps=3)
    # The spare laptop is linked to nothing but the people who had it.
    assert set(sample.records) - told - {"asset:LT-0017"} == set()


def test_nothing_happens_after_the_time_of_the_demo(sample: Snapshot) -> None:
    entries = [(record.address, str(entry["at"])) for record in sample.records.values() for entry in record.timeline]
    assert len(entries) > 150
    assert [where for where, at in entries if (parse_time(at) or NOW) > NOW] == []


def test_the_major_incident_ends_as_it_should(sample: Snapshot) -> None:
    incident = sample.records["INC-20260304-w4rm"]
    assert incident.state == "closed"
    assert incident.visibility == "public"
    levels: dict[str, list[str]] = {}
    for entry in incident.timeline:
        if entry["type"] == "impact":
            for service in entry["services"]:
                levels.setdefault(service, []).append(entry["level"])
    assert levels == {
        "service:website": ["major-outage", "none"],
        "service:web-shop": ["major-outage", "partial-outage", "none"],
        "service:member-account": ["major-outage", "partial-outage", "none"],
    }
    statuses = [entry["status"] for entry in incident.timeline if entry.get("audience") == "public"]
    assert statuses == ["investigating", "identified", "identified", "monitoring", "resolved"]
    states = [action["state"] for action in incident.get("review.actions")]
    assert (states.count("done"), states.count("open")) == (4, 1)


def test_the_crashes_lead_to_a_cause_by_way_of_a_wrong_one(sample: Snapshot) -> None:
    problem = sample.records["PRB-20260122-j4wd"]
    moves = [entry["to"] for entry in problem.timeline if entry["type"] == "transition"]
    assert moves[-6:] == [
        "root-cause-analysis",
        "fix-in-progress",
        "root-cause-analysis",
        "fix-in-progress",
        "resolved",
        "closed",
    ]
    fixes = [link.source for link in sample.graph.incoming[problem.address] if link.name == "fixes"]
    assert [sample.records[fix].get("result.code") for fix in fixes] == ["unsuccessful", "successful"]
    assert {sample.records[address].state for address in problem.strings("incidents")} == {"closed"}


def test_maintenance_is_ahead_and_an_incident_is_open(sample: Snapshot) -> None:
    ahead = [
        change.id
        for change in sample.of("change")
        if change.state == "scheduled" and (parse_time(change.get("outage.start") or "") or NOW) > NOW
    ]
    assert ahead == ["CHG-20260306-f1yk"]
    assert [incident.id for incident in sample.of("incident") if not incident.is_final] == ["INC-20260310-m0sf"]


def test_a_laptop_goes_from_order_to_its_user(sample: Snapshot) -> None:
    laptop = sample.records["asset:LT-0031"]
    moves = [entry["to"] for entry in laptop.timeline if entry["type"] == "transition"]
    assert [laptop.kind.initial, *moves] == ["on-order", "in-stock", "in-use"]
    assert laptop.get("assigned_to") == "person:mirjam-otten"
    assert sample.records["ci:lt-0031"].get("asset") == laptop.address


def test_the_guide_names_only_records_that_exist_and_every_process_record(sample: Snapshot) -> None:
    guide = (ROOT / "docs" / "sample.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(\.\./(records/[^)]+\.yaml)\)", guide))
    files = {record.file: record for record in sample.records.values()}
    assert linked - set(files) == set()
    assert {record.file for record in files.values() if record.kind.prefix} - linked == set()
