"""The derived risk of a change: the highest of what its own estimate, what it reaches, and an override say.

The **impact set** of a change is what it names (`cis`, `services`, `outage.services`) and all that depends on that at
any distance, whether redundancy would hold or not. A service of the impact set is **without redundancy** if it is down
when the change's `cis` are down, together with the services for which it announces the outage (`outage.services`, or
`services` where nothing is written there): the least fixed point of `snapshot/impact.py`. The network is that of the
design, in which a CI in maintenance counts as up, so that a risk does not change with the day.

| contribution | level |
|---|---|
| the matrix of `itsm.yaml` for `risk.impact` × `risk.likelihood` | as it says |
| a tier 1 service is in the impact set | moderate |
| a tier 1 service is in it without redundancy, and an outage is expected | high |
| more than ten services are in the impact set | moderate |
| `risk.override.level`, where it is higher than all of these | as it says |
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from itsm_as_code.model.config import Config
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.dependents import dependents_of
from itsm_as_code.snapshot.impact import impact_of
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot

Level = Literal["low", "moderate", "high"]
Source = Literal["matrix", "tier-1", "tier-1-down", "breadth", "override"]

LEVELS: tuple[Level, ...] = ("low", "moderate", "high")
MANY_SERVICES = 10
"""More services than these in the impact set make a change of moderate risk."""
_TOP_TIER = 1
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that speaks for a level, in words, with the records that it is about.

    `counts` is false for an override that would lower the risk and is ignored.
    """

    source: Source
    level: Level
    words: str
    records: tuple[str, ...] = ()
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Risk:
    """The risk of one change, and how it comes about.

    `stated` is the matrix's answer to the change's own estimate, None where it makes none; `derived` the highest
    without the override; `level` what counts. `services` are those of the impact set, `down` those of them that
    redundancy does not save; both sorted.
    """

    change: str
    level: Level
    derived: Level
    stated: Level | None
    contributions: tuple[Contribution, ...]
    services: tuple[str, ...]
    down: tuple[str, ...]


def risk_of(change: Record, snapshot: Snapshot, *, with_down: bool = True) -> Risk:
    """Return the derived risk of a change. Linear in what depends on the records that it names.

    Without `with_down`, `down` is left empty where nothing contributes by it, so that many changes are judged without
    following each failure.
    """
    network = network_of(snapshot, "design")
    services, down = _impact_set(change, snapshot, network, with_down=with_down)
    stated = _stated(change, snapshot.config)
    found = [*_own_estimate(change, stated), *_from_impact(change, network, services, down)]
    derived = highest(contribution.level for contribution in found)
    override = _override(change, derived)
    level = highest([derived, override.level]) if override is not None and override.counts else derived
    contributions = (*found, override) if override is not None else tuple(found)
    return Risk(change.address, level, derived, stated, tuple(contributions), services, down)


def highest(levels: Iterable[Level]) -> Level:
    """Return the highest of some levels; low for none."""
    return max(levels, key=LEVELS.index, default=LEVELS[0])


def _impact_set(
    change: Record, snapshot: Snapshot, network: Network, *, with_down: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the services of the impact set, and those of them that go down, both sorted."""
    named: dict[str, list[str]] = {"cis": [], "services": [], "outage": []}
    for link in snapshot.graph.outgoing.get(change.address, ()):
        if link.path[0] in named and link.target is not None:
            named[str(link.path[0])].append(link.target)
    services = dependents_of(snapshot).services_above([*named["cis"], *named["services"], *named["outage"]])
    contributes = change.get("outage.expected") is True and _top_tier(network, services)
    if not services or not (with_down or contributes):
        return services, ()
    falls = impact_of(network, [*named["cis"], *(named["outage"] or named["services"])]).falls
    down = (address for address in falls if network.records[address].kind.name == "service")
    return services, tuple(sorted(down))


def _stated(change: Record, config: Config) -> Level | None:
    impact, likelihood = change.get("risk.impact"), change.get("risk.likelihood")
    if not isinstance(impact, str) or not isinstance(likelihood, str):
        return None
    level = config.risk.get(impact, {}).get(likelihood)
    return level if level in LEVELS else None


def _own_estimate(change: Record, stated: Level | None) -> Sequence[Contribution]:
    if stated is None:
        return ()
    words = f"impact is {change.get('risk.impact')} and likelihood {change.get('risk.likelihood')}"
    return (Contribution("matrix", stated, words),)


def _from_impact(
    change: Record, network: Network, services: Sequence[str], down: Sequence[str]
) -> Sequence[Contribution]:
    found = []
    top = _top_tier(network, services)
    if top:
        found.append(Contribution("tier-1", "moderate", f"it touches {_listed(network, top, 'tier 1 service')}", top))
    top_down = _top_tier(network, down)
    if top_down and change.get("outage.expected") is True:
        words = f"an outage is expected, and no redundancy saves {_listed(network, top_down, 'tier 1 service')}"
        found.append(Contribution("tier-1-down", "high", words, top_down))
    if len(services) > MANY_SERVICES:
        words = f"it touches {len(services)} services, more than {MANY_SERVICES}"
        found.append(Contribution("breadth", "moderate", words, tuple(services)))
    return found


def _override(change: Record, derived: Level) -> Contribution | None:
    level = change.get("risk.override.level")
    if level not in LEVELS:
        return None
    reason = " ".join(str(change.get("risk.override.reason") or "").split())
    if LEVELS.index(level) < LEVELS.index(derived):
        words = f"an override to {level} is ignored, since it may raise the risk and never lower it"
        return Contribution("override", level, words, counts=False)
    return Contribution("override", level, f"set by hand: {reason}" if reason else "set by hand")


def _top_tier(network: Network, services: Sequence[str]) -> tuple[str, ...]:
    return tuple(service for service in services if network.records[service].fields.get("tier") == _TOP_TIER)


def _listed(network: Network, addresses: Sequence[str], noun: str) -> str:
    """Return ``the tier 1 service web-shop``, ``2 tier 1 services: a and b``, or a count with a few of the names."""
    names = [network.records[address].id for address in addresses]
    if len(names) == 1:
        return f"the {noun} {names[0]}"
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return f"{len(names)} {noun}s: {shown}"
