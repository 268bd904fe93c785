"""The sample organisation: it lints clean, it uses the whole model, and its stories hold."""

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from itsm_as_code import resources
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.seats import number_in_use
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

ROOT = Path(__file__).parents[1]
RECORD_LINK = re.compile(r"\]\((?:\.\./)+(records/[^)]+\.yaml)\)")
NOW = datetime.fromisoformat("2026-03-10T09:00:00+01:00")

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
    "INC-20260310-m0sf": (
        "INC-20260227-e6bp",
        "PRB-20260310-w8xj",
        "KE-20260310-b5zs",
        "CHG-20260310-m2ck",
        "ci:sms-gateway",
        "service:delivery-messages",
        "contract:kurzwelle",
        "contract:funkbrief",
        "sla:kurzwelle",
    ),
    "REQ-20260130-c7mw": (
        "catalog-item:laptop",
        "REQ-0000417",
        "asset:LT-0031",
        "licence:office-suite",
        "ci:lt-0031",
        "person:mirjam-otten",
        "sla:laptop",
    ),
    "REQ-20260302-a2tb": (
        "catalog-item:new-starter",
        "catalog-item:account",
        "REQ-20260302-k6hd",
        "REQ-20260302-g9fx",
        "REQ-20260302-v4rs",
        "asset:LT-0033",
        "person:nele-brinkmann",
    ),
    "CHG-20260210-k2wz": ("ci:picking-01", "ci:label-printer", "INC-20260220-h2wd", "service:depot-picking"),
    "change-template:deploy-shop-release": (
        "CHG-20251124-g5pm",
        "CHG-20260202-bk7e",
        "CHG-20260306-t9wr",
        "CHG-20260309-s3ha",
        "ci:shop-app",
    ),
    "KE-20251114-h6mb": ("PRB-20251113-r3kd", "INC-20251113-f8wn", "INC-20260212-y4gc", "ci:label-printer"),
    "CHG-20260223-q7vn": ("INC-20260220-r5cx", "ci:cold-store", "ci:sw-depot", "catalog-item:guest-wifi"),
    "freeze:year-end-2025": (
        "CHG-20251205-j4xn",
        "CHG-20251222-w3ge",
        "INC-20251222-p6kw",
        "ci:lb-02",
        "CHG-20260224-x3gb",
    ),
    "INC-20260310-d3fy": ("ci:ap-hall-3", "ci:wifi-depot", "INC-20260310-k8nz", "PRB-20260310-n7qa"),
    "REQ-20260212-n3fb": ("ci:routes-01", "CHG-20260216-h8vd", "service:route-planning", "CHG-20260305-y6bq"),
    "licence:office-suite": ("catalog-item:office-seat", "REQ-20260310-q8zy", "REQ-20260302-v4rs", "REQ-20260130-c7mw"),
    "service:paper-invoices": ("ci:print-01", "contract:copier-lease"),
    "asset:SRV-0003": ("ci:lb-01",),
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
    findings = lint(sample)
    assert [f"{found.place} {found.rule} {found.message}" for found in findings if found.waiver is None] == []
    assert {found.rule for found in findings if found.waiver} == {"single-point-of-failure"}


def test_who_waives_a_rule_says_until_when_and_who_agreed(sample: Snapshot) -> None:
    waivers = [
        (entry["until"], entry["approved_by"], entry["by"])
        for record in sample.records.values()
        for entry in record.timeline
        if entry["type"] == "exception"
    ]
    assert waivers
    assert all((parse_time(until) or NOW) > NOW and approved != by for until, approved, by in waivers)


def test_no_link_is_broken(sample: Snapshot) -> None:
    assert sample.graph.broken == ()
    assert not [link for link in sample.graph.links if link.alias]


def test_every_kind_occurs(sample: Snapshot) -> None:
    assert len(sample.kinds) == 16
    assert {kind for kind in sample.kinds if not sample.of(kind)} == set()
    assert 140 <= len(sample.records) <= 165


def test_every_state_of_every_lifecycle_occurs(sample: Snapshot) -> None:
    missing = {
        (kind.name, state)
        for kind in sample.kinds.values()
        for state in kind.states
        if state not in {record.state for record in sample.of(kind.name)}
    }
    assert missing == set()


def test_every_relation_type_occurs(sample: Snapshot) -> None:
    used = {link.name for link in sample.graph.links if link.path[0] == "relations"}
    assert used == set(sample.config.relation_types)


def test_every_field_that_holds_a_link_is_used(sample: Snapshot) -> None:
    used = {(sample.records[link.source].kind.name, _pattern(link.path)) for link in sample.graph.links}
    fields = {(kind.name, field.path) for kind in sample.kinds.values() for field in kind.links}
    of_every_kind = set.intersection(*({field.path for field in kind.links} for kind in sample.kinds.values()))
    assert {(kind, path) for kind, path in fields - used if path not in of_every_kind} == set()
    assert of_every_kind - {path for _, path in used} == set()


def _pattern(path: FieldPath) -> tuple[str, ...]:
    return tuple("*" if isinstance(step, int) else step for step in path)


def test_every_type_of_timeline_entry_occurs(sample: Snapshot) -> None:
    used = {entry["type"] for record in sample.records.values() for entry in record.timeline}
    schema = json.loads((resources.schemas() / "envelope.schema.json").read_text(encoding="utf-8"))
    assert used == set(schema["$defs"]["entry"]["properties"]["type"]["enum"])


def test_every_visibility_occurs_and_most_is_internal(sample: Snapshot) -> None:
    seen = [record.visibility for record in sample.records.values()]
    assert seen.count("public") >= 6
    assert 1 <= seen.count("restricted") <= 2
    assert seen.count("internal") > len(seen) / 2


@pytest.mark.parametrize("head", STORIES)
def test_a_story_can_be_walked_from_its_head(sample: Snapshot, head: str) -> None:
    assert set(STORIES[head]) - within(sample, [head], steps=2) == set()


def test_every_record_has_a_part_in_a_story(sample: Snapshot) -> None:
    assert set(sample.records) - within(sample, STORIES, steps=3) == set()


def test_nothing_happens_after_the_time_of_the_demo(sample: Snapshot) -> None:
    entries = [(record.address, str(entry["at"])) for record in sample.records.values() for entry in record.timeline]
    assert len(entries) > 350
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
    now_open = {incident.id: incident.state for incident in sample.of("incident") if not incident.is_final}
    assert now_open == {
        "INC-20260309-z5tm": "resolved",
        "INC-20260310-d3fy": "in-progress",
        "INC-20260310-k8nz": "new",
        "INC-20260310-m0sf": "on-hold",
    }
    public = [
        incident.id for incident in sample.of("incident") if incident.visibility == "public" and not incident.is_final
    ]
    assert public == ["INC-20260310-m0sf"]


def test_a_laptop_goes_from_order_to_its_user(sample: Snapshot) -> None:
    laptop = sample.records["asset:LT-0031"]
    moves = [entry["to"] for entry in laptop.timeline if entry["type"] == "transition"]
    assert [laptop.kind.initial, *moves] == ["on-order", "in-stock", "in-use"]
    assert laptop.get("assigned_to") == "person:mirjam-otten"
    assert sample.records["ci:lt-0031"].get("asset") == laptop.address


def test_a_laptop_request_ends_in_an_asset_and_a_seat(sample: Snapshot) -> None:
    request = sample.records["REQ-20260130-c7mw"]
    assert request.state == "closed"
    (laptop,) = request.get("outcome.assets")
    (seat,) = request.get("outcome.licences")
    assert sample.records[laptop].get("assigned_to") == request.get("requested_for") == seat["to"]
    assert seat["licence"] == "licence:office-suite"


def test_the_office_suite_is_nearly_used_up(sample: Snapshot) -> None:
    licence = sample.records["licence:office-suite"]
    blocks = sum(block["seats"] for block in licence.get("allocations"))
    single = [
        seat
        for request in sample.of("request")
        for seat in request.get("outcome.licences") or ()
        if seat["licence"] == licence.address and "until" not in seat
    ]
    assert (licence.get("seats"), blocks + len(single)) == (25, 23)
    assert number_in_use(sample, licence) == 23


def test_a_known_error_helps_with_the_next_incident(sample: Snapshot) -> None:
    first, second = sample.records["INC-20251113-f8wn"], sample.records["INC-20260212-y4gc"]
    assert second.get("resolution.code") == "known-error"
    error = sample.records[second.get("known_error")]
    assert sample.records[error.get("problem")].strings("incidents") == [first.address]
    assert _took(second) * 8 < _took(first)


def _took(incident: Record) -> timedelta:
    ends = [entry["at"] for entry in incident.timeline if entry.get("to") == "resolved"]
    begun, ended = parse_time(incident.get("started_at")), parse_time(ends[-1])
    assert begun
    assert ended
    return ended - begun


def test_standard_changes_follow_their_template(sample: Snapshot) -> None:
    template = sample.records["change-template:deploy-shop-release"]
    changes = [change for change in sample.of("change") if change.get("template") == template.address]
    assert {change.get("result.code") for change in changes} == {"backed-out", "successful", None}
    for change in changes:
        assert change.get("plans.implementation") == template.get("defaults.plans.implementation")
        assert change.get("plans.backout") == template.get("defaults.plans.backout")


def test_what_was_found_afterwards_was_never_authorised_and_is_reviewed(sample: Snapshot) -> None:
    change = sample.records["CHG-20260223-q7vn"]
    assert [entry["to"] for entry in change.timeline if entry["type"] == "transition"] == ["review", "closed"]
    assert change.get("planned") is None
    assert len(change.get("pir.actions")) == 3
    caused = [link.source for link in sample.graph.incoming[change.address] if link.name == "caused_by_change"]
    assert caused == ["INC-20260220-r5cx"]


def test_freezes_are_past_ahead_lifted_and_proposed(sample: Snapshot) -> None:
    ends = {freeze.id: (freeze.state, (parse_time(freeze.get("end")) or NOW) > NOW) for freeze in sample.of("freeze")}
    assert ends == {
        "easter-2026": ("active", True),
        "harvest-2026": ("draft", True),
        "stocktaking-2026": ("lifted", False),
        "year-end-2025": ("active", False),
    }


def test_the_guide_and_its_stories_name_only_records_that_exist_and_every_process_record(sample: Snapshot) -> None:
    pages = [ROOT / "docs" / "sample.md", *sorted((ROOT / "docs" / "stories").glob("*.md"))]
    linked = {found for page in pages for found in RECORD_LINK.findall(page.read_text(encoding="utf-8"))}
    files = {record.file: record for record in sample.records.values()}
    assert linked - set(files) == set()
    assert {record.file for record in files.values() if record.kind.prefix} - linked == set()
