"""What follows from a step through the graph: who depends on what now, single points of failure, links, judgement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.dependents import dependents_of
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import KINDS, Need, network_of
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
    """Return what follows from a step. Linear in links and needs where services, CIs or settings differ.

    A record with a new id is the same record still, and goes by the new one.
    """
    base, head = step.base, step.head
    broken, mended = (
        [
            ((step.renumbered.get(link.source, link.source), link.field.path, link.name, link.text), link)
            for link in links
        ]
        for links in (head.graph.broken, base.graph.broken)
    )
    return Consequences(
        _reach(step),
        tuple(_only(broken, mended)),
        tuple(link for link in _only(mended, broken) if step.renumbered.get(link.source, link.source) in head.records),
        tuple(_resettled(base.settings, head.settings)),
        _severities(base.config.severities, head.config.severities),
    )


_Keyed = Sequence[tuple[tuple[str, tuple[str, ...], str, str], Link]]
"""Links, each with what it is known by at both ends."""


def _only(here: _Keyed, there: _Keyed) -> Iterator[Link]:
    """Yield the links of the one snapshot that the other has not, or not as often."""
    left = Counter(key for key, _ in there)
    for key, link in here:
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
    base, head = _End(step.base, step.renumbered), _End(step.head, {})
    old, new = base.wiring(), head.wiring()
    rewired = [address for address in sorted(old.keys() | new.keys()) if old.get(address) != new.get(address)]
    if not rewired:
        return Reach()
    ends = {end[0] for address in rewired for end in old.get(address, frozenset()) ^ new.get(address, frozenset())}
    depends_on, impact_sets = _shifts(base, head, {*concerned, *rewired, *ends})
    appeared, gone = _points(base, head, rewired)
    return Reach(tuple(rewired), depends_on, impact_sets, appeared, gone)


_Need = tuple[str, str, tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...]]
"""Target, relation, and of each group: its members, those that are idle, how many must be up."""


class _End:
    """One end of a step: its network, in which records that get a new id go by that."""

    def __init__(self, snapshot: Snapshot, renumbered: Mapping[str, str]) -> None:
        self._network = network_of(snapshot)
        self._dependents = dependents_of(snapshot)
        self._new = renumbered
        self._old = {new: old for old, new in renumbered.items()}
        self.records = frozenset(map(self._renamed, self._network.records))
        self.services = frozenset(map(self._renamed, self._dependents.services))

    def wiring(self) -> Mapping[str, frozenset[_Need]]:
        """Return what each service or CI needs, in a form in which two networks can be compared."""
        return {
            self._renamed(address): frozenset(map(self._need, self._network.needs.get(address, ())))
            for address in self._network.records
        }

    def services_above(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """Return the services that depend on any of the records."""
        found = self._dependents.services_above([self._old.get(address, address) for address in addresses])
        return found if not self._new else self._names(found)

    def lone_causes(self, services: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Return for each service what takes it down alone."""
        found = lone_causes(self._network, [self._old.get(service, service) for service in services])
        return {self._renamed(service): frozenset(map(self._renamed, causes)) for service, causes in found.items()}

    def _need(self, need: Need) -> _Need:
        groups = [(self._names(group.members), self._names(group.idle), group.least) for group in need.groups]
        return self._renamed(need.target), need.relation, tuple(groups)

    def _names(self, addresses: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(map(self._renamed, addresses)))

    def _renamed(self, address: str) -> str:
        return self._new.get(address, address)


def _shifts(base: _End, head: _End, concerned: Iterable[str]) -> tuple[Mapping[str, Shift], Mapping[str, Shift]]:
    """Return how what services depend on differs, and how the impact sets of services and those concerned do."""
    told = {*concerned, *base.services, *head.services}

    @cache
    def shift(old: tuple[str, ...], new: tuple[str, ...]) -> Shift:
        gained, lost = set(new).difference(old), set(old).difference(new)
        return Shift(tuple(sorted(gained)), tuple(sorted(lost)))

    gained: dict[str, list[str]] = defaultdict(list)
    lost: dict[str, list[str]] = defaultdict(list)
    impact_sets = {}
    for address in sorted(base.records | head.records):
        moved = shift(base.services_above([address]), head.services_above([address]))
        for services, found in ((moved.gained, gained), (moved.lost, lost)):
            for service in services:
                found[service].append(address)
        if address in told and address in base.records and address in head.records and (moved.gained or moved.lost):
            impact_sets[address] = moved
    depends_on = {
        service: Shift(tuple(gained[service]), tuple(lost[service]))
        for service in sorted(gained.keys() | lost.keys())
        if service in base.records and service in head.records
    }
    return depends_on, impact_sets


def _points(
    base: _End, head: _End, rewired: Sequence[str]
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the single points that appeared and those that are gone, of the services above what was rewired."""
    services = sorted({*base.services_above(rewired), *head.services_above(rewired)})
    old, new = base.lone_causes(services), head.lone_causes(services)
    appeared: dict[str, list[str]] = defaultdict(list)
    gone: dict[str, list[str]] = defaultdict(list)
    for service in services:
        was, now = old.get(service, frozenset()), new.get(service, frozenset())
        for cause in now - was:
            appeared[cause].append(service)
        for cause in was - now:
            if service in head.records:
                gone[cause].append(service)
    return _by_cause(appeared), _by_cause(gone)


def _by_cause(found: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {cause: tuple(found[cause]) for cause in sorted(found)}
