"""Impact as plain data: what fails with a record, or what it depends on, as JSON gives it and text prints it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.contacts import contacts
from itsm_as_code.snapshot.impact import Impact, Support, impact_of, supports_of, way_down
from itsm_as_code.snapshot.impact_words import group_in_words, need_in_words, reason
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot

Facts = Mapping[str, Any]
LONGEST = 50
"""Steps of a way that are given, its last ones: in a chain of thousands, whole ways would be too much to print."""
_NO_TIER = 9
"""Sorts after every tier."""


def down_facts(snapshot: Snapshot, record: Record, depth: int | None = None) -> Facts:
    """Return what fails if the record fails, as things stand; `depth` leaves out what is more steps away."""
    network = network_of(snapshot, "now")
    impact = impact_of(network, [record.address])
    hits = [fall for fall in impact.falls.values() if fall.depth and (depth is None or fall.depth <= depth)]
    reasons = {fall.address: reason(network, impact, fall) for fall in hits}
    entries = [_hit(network, impact, fall.address, reasons) for fall in hits]
    services, cis = _split(network, entries)
    called = [record.address, *(entry["id"] for entry in (*services, *cis))]
    return {
        **_head(record, "down", depth),
        "services": services,
        "cis": cis,
        "more": len(impact.falls) - len(hits) - (record.address in impact.falls),
        "weakened": [
            {
                "id": group.owner,
                "title": network.records[group.owner].title,
                "over": group.over,
                "up": impact.up(group),
                "members": len(group.members),
                "needs": group.least,
                "words": group_in_words(network, impact, group),
            }
            for group in impact.weakened
        ],
        "teams": [
            {
                "id": contact.address or None,
                "name": contact.name,
                "contact": contact.contact or None,
                "on_call": contact.on_call or None,
                "records": list(contact.answers_for),
            }
            for contact in contacts(snapshot, called)
        ],
    }


def up_facts(snapshot: Snapshot, record: Record, depth: int | None = None) -> Facts:
    """Return what the record depends on, as things stand, and which of it takes it down alone."""
    network = network_of(snapshot, "now")
    supports = supports_of(network, record.address)
    shown = [support for support in supports.values() if depth is None or support.depth <= depth]
    services, cis = _split(network, [_support(network, supports, support) for support in shown])
    return {
        **_head(record, "up", depth),
        "services": services,
        "cis": cis,
        "more": len(supports) - len(shown),
    }


def sorted_entries(network: Network, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return entries with the gravest first: services by tier, then by distance and id."""
    return sorted(entries, key=lambda entry: (tier_of(network.records[entry["id"]]), entry["depth"], entry["id"]))


def tier_of(record: Record) -> int:
    """Return a service's tier, or a number behind all tiers."""
    tier = record.fields.get("tier")
    return tier if isinstance(tier, int) and not isinstance(tier, bool) else _NO_TIER


def about(record: Record) -> dict[str, Any]:
    """Return what a list tells of a service or CI: id, title, state, and its tier or class."""
    facts: dict[str, Any] = {"id": record.address, "title": record.title, "state": record.state}
    if record.kind.name == "service":
        tier = tier_of(record)
        return {**facts, "tier": tier if tier != _NO_TIER else None}
    return {**facts, "class": record.fields.get("class")}


def _head(record: Record, direction: str, depth: int | None) -> dict[str, Any]:
    return {**about(record), "direction": direction, "depth": depth, "takes_part": not record.is_final}


def _hit(network: Network, impact: Impact, address: str, reasons: Mapping[str, str]) -> dict[str, Any]:
    way = impact.way(address, LONGEST)
    return {
        **about(network.records[address]),
        "depth": way[-1].depth,
        "path": [fall.address for fall in way],
        "reasons": [reasons[fall.address] for fall in way[1:]],
    }


def _support(network: Network, supports: Mapping[str, Support], support: Support) -> dict[str, Any]:
    way = way_down(supports, support.address, LONGEST)
    return {
        **about(network.records[support.address]),
        "depth": support.depth,
        "alone": support.alone,
        "path": [way[0].source, *(need.target for need in way)],
        "reasons": [need_in_words(network, need) for need in way],
    }


def _split(
    network: Network, entries: Sequence[dict[str, Any]]
) -> tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]:
    ordered = sorted_entries(network, entries)
    is_service = {entry["id"]: network.records[entry["id"]].kind.name == "service" for entry in ordered}
    return [entry for entry in ordered if is_service[entry["id"]]], [
        entry for entry in ordered if not is_service[entry["id"]]
    ]
