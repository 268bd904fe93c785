"""Single points of failure as plain data: of every service, or of one."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.reporters.impact_facts import LONGEST, about, tier_of
from itsm_as_code.snapshot.impact import Support, supports_of, way_down
from itsm_as_code.snapshot.impact_words import need_in_words
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot


def every_spof(snapshot: Snapshot) -> Mapping[str, Any]:
    """Return the services and CIs whose failure alone takes a service down, those that hit the best tier first.

    Within a tier, those that take down more services come first.
    """
    network = network_of(snapshot, "design")
    services = [address for address, record in network.records.items() if record.kind.name == "service"]
    hit: dict[str, list[str]] = defaultdict(list)
    for service, causes in lone_causes(network, services).items():
        for cause in causes:
            hit[cause].append(service)
    entries = []
    for cause, taken in hit.items():
        taken.sort(key=lambda service: (tier_of(network.records[service]), service))
        entries.append(
            {**about(network.records[cause]), "services": [about(network.records[service]) for service in taken]}
        )
    entries.sort(key=lambda entry: (_gravest(network, hit[entry["id"]]), -len(entry["services"]), entry["id"]))
    return {"services": len(services), "single_points": entries}


def spof_of(snapshot: Snapshot, record: Record) -> Mapping[str, Any]:
    """Return the services and CIs whose failure alone takes one service or CI down, the nearest first."""
    network = network_of(snapshot, "design")
    supports = supports_of(network, record.address)
    return {
        **about(record),
        "takes_part": not record.is_final,
        "depends_on": len(supports),
        "single_points": [_entry(network, supports, support) for support in supports.values() if support.alone],
    }


def _gravest(network: Network, services: list[str]) -> int:
    return min(tier_of(network.records[service]) for service in services)


def _entry(network: Network, supports: Mapping[str, Support], support: Support) -> Mapping[str, Any]:
    way = way_down(supports, support.address, LONGEST)
    return {
        **about(network.records[support.address]),
        "depth": support.depth,
        "path": [way[0].source, *(need.target for need in way)],
        "reasons": [need_in_words(network, need) for need in way],
    }
