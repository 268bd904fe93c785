"""What follows from a step through the graph: who depends on what now, single points of failure, links, judgement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.dependents import dependents_of
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import KINDS, Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step


@dataclass(frozen=True, slots=True)
class Shift:
    """What a set of addresses gained and lost, each sorted."""

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How the dependencies of services and CIs differ, at any distance and whether redundancy would hold or not.

    `rewired` are the services and CIs whose own needs differ, or that came or went.
    """

    rewired: tuple[str, ...] = ()
    depends_on: Mapping[str, Shift] = field(default_factory=dict)
    """By service that is in both networks: the services and CIs on which it depends."""
    impact_sets: Mapping[str, Shift] = field(default_factory=dict)
    """By service or CI that is in both, and is a service, edited or an end of a dependency that differs: the services
    that depend on it."""
    appeared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By single point: the services that it takes down alone now and did not before."""
    gone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By single point: the services that it took down alone and does no longer, though they are still there."""


@dataclass(frozen=True, slots=True)
class Resettled:
    """One file by which records are judged or shown, and what became of it: `added`, `changed` or `removed`."""

    file: str
    edit: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What follows from a step. `broken` are links of head, `mended` links of base."""

    reach: Reach
    broken: tuple[Link, ...]
    mended: tuple[Link, ...]
    settings: tuple[Resettled, ...]
    severities: Mapping[str, tuple[str, str]]
    """Rule → the severity that `itsm.yaml` gave it before and gives it now; empty for the rule's own."""


def consequences_of(step: Step) -> Consequences:
    """Return what follows from a step. Linear in links and needs where services, CIs or settings differ."""
    base, head = step.base, step.head
    return Consequences(
        _reach(step),
        tuple(_only(head.graph.broken, base.graph.broken)),
        tuple(link for link in _only(base.graph.broken, head.graph.broken) if link.source in head.records),
        tuple(_resettled(base.settings, head.settings)),
        _severities(base.config.severities, head.config.severities),
    )


def _only(here: Sequence[Link], there: Sequence[Link]) -> Iterator[Link]:
    """Yield the links of the one snapshot that the other has not, or not as often."""
    left = Counter((link.source, link.field.path, link.name, link.text) for link in there)
    for link in here:
        key = (link.source, link.field.path, link.name, link.text)
        if left[key]:
            left[key] -= 1
        else:
            yield link


def _resettled(base: Mapping[str, bytes], head: Mapping[str, bytes]) -> Iterator[Resettled]:
    for file in sorted(base.keys() | head.keys()):
        if file not in base:
            yield Resettled(file, "added")
        elif file not in head:
            yield Resettled(file, "removed")
        elif base[file] != head[file]:
            yield Resettled(file, "changed")


def _severities(base: Mapping[str, str], head: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    return {
        rule: (base.get(rule, ""), head.get(rule, ""))
        for rule in sorted(base.keys() | head.keys())
        if base.get(rule) != head.get(rule)
    }


def _reach(step: Step) -> Reach:
    concerned = [edit.address for edit in step.edits.values() if edit.record.kind.name in KINDS]
    if not concerned and step.base.config.relation_types == step.head.config.relation_types:
        return Reach()
    base, head = network_of(step.base), network_of(step.head)
    old, new = _wiring(base), _wiring(head)
    rewired = [address for address in sorted(old.keys() | new.keys()) if old.get(address) != new.get(address)]
    if not rewired:
        return Reach()
    ends = {end[0] for address in rewired for end in old.get(address, frozenset()) ^ new.get(address, frozenset())}
    depends_on, impact_sets = _shifts(step, {*concerned, *rewired, *ends})
    appeared, gone = _points(step, rewired)
    return Reach(tuple(rewired), depends_on, impact_sets, appeared, gone)


_Need = tuple[str, str, tuple[tuple[str, tuple[str, ...], frozenset[str], int], ...]]
"""Target, relation, and of each group: over what, its members, those that are idle, how many must be up."""


def _wiring(network: Network) -> Mapping[str, frozenset[_Need]]:
    """Return what each service or CI needs, in a form in which two networks can be compared."""
    return {
        address: frozenset(
            (
                need.target,
                need.relation,
                tuple((group.over, tuple(sorted(group.members)), group.idle, group.least) for group in need.groups),
            )
            for need in network.needs.get(address, ())
        )
        for address in network.records
    }


def _shifts(step: Step, concerned: Iterable[str]) -> tuple[Mapping[str, Shift], Mapping[str, Shift]]:
    """Return how what services depend on differs, and how the impact sets of services and those concerned do."""
    base, head = network_of(step.base).records, network_of(step.head).records
    before, after = dependents_of(step.base), dependents_of(step.head)
    told = {*concerned, *before.services, *after.services}

    @cache
    def shift(old: tuple[str, ...], new: tuple[str, ...]) -> Shift:
        gained, lost = set(new).difference(old), set(old).difference(new)
        return Shift(tuple(sorted(gained)), tuple(sorted(lost)))

    gained: dict[str, list[str]] = defaultdict(list)
    lost: dict[str, list[str]] = defaultdict(list)
    impact_sets = {}
    for address in sorted(base.keys() | head.keys()):
        moved = shift(before.services_above([address]), after.services_above([address]))
        for services, found in ((moved.gained, gained), (moved.lost, lost)):
            for service in services:
                found[service].append(address)
        if address in told and address in base and address in head and (moved.gained or moved.lost):
            impact_sets[address] = moved
    depends_on = {
        service: Shift(tuple(gained[service]), tuple(lost[service]))
        for service in sorted(gained.keys() | lost.keys())
        if service in base and service in head
    }
    return depends_on, impact_sets


def _points(step: Step, rewired: Sequence[str]) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the single points that appeared and those that are gone, of the services above what was rewired."""
    services = sorted({*_above(step.base, rewired), *_above(step.head, rewired)})
    base, head = network_of(step.base), network_of(step.head)
    old, new = lone_causes(base, services), lone_causes(head, services)
    appeared: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for service in services:
        was, now = set(old.get(service, ())), set(new.get(service, ()))
        for cause in now - was:
            appeared[cause].append(service)
        for cause in was - now:
            if service in head.records:
                gone[cause].append(service)
    return _by_cause(appeared), _by_cause(gone)


def _by_cause(found: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {cause: tuple(found[cause]) for cause in sorted(found)}


def _above(snapshot: Snapshot, addresses: Sequence[str]) -> tuple[str, ...]:
    return dependents_of(snapshot).services_above(addresses)
