"""The services that depend on each record at any distance, worked out for all records of a snapshot at once.

The services above a record are the bits of one whole number. Records that need each other in a circle share theirs, so
that each need is looked at once, however many records are asked about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from itsm_as_code.model.bits import set_bits
from itsm_as_code.snapshot.circles import knots
from itsm_as_code.snapshot.network import network_of
from itsm_as_code.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Dependents:
    """The services of a network, and for each record those that depend on it, itself among them."""

    services: Sequence[str]
    """Addresses, sorted; the first is the lowest bit."""
    bits: Mapping[str, int]
    _named: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def services_above(self, starts: Iterable[str]) -> tuple[str, ...]:
        """Return the services that depend on any of the records, whether redundancy would hold or not, sorted."""
        bits = 0
        for start in starts:
            bits |= self.bits.get(start, 0)
        if bits not in self._named:
            self._named[bits] = tuple(self.services[place] for place in set_bits(bits))
        return self._named[bits]


def dependents_of(snapshot: Snapshot) -> Dependents:
    """Return the dependents in the network of the design, worked out once a snapshot. Linear in needs."""
    if "dependents" not in snapshot.shared:
        snapshot.shared["dependents"] = _build(snapshot)
    found: Dependents = snapshot.shared["dependents"]
    return found


def _build(snapshot: Snapshot) -> Dependents:
    network = network_of(snapshot, "design")
    services = sorted(address for address, record in network.records.items() if record.kind.name == "service")
    bits = {address: 1 << place for place, address in enumerate(services)}
    tied: dict[int, list[str]] = {}
    knot_of = knots(network.needs)
    for address, knot in knot_of.items():
        tied.setdefault(knot, []).append(address)
    above = dict.fromkeys(tied, 0)
    # What a knot needs has a lower number, so its own bits are complete when its turn comes.
    for knot in sorted(tied, reverse=True):
        for address in tied[knot]:
            above[knot] |= bits.get(address, 0)
        for address in tied[knot]:
            for need in network.needs.get(address, ()):
                above[knot_of[need.target]] |= above[knot]
    return Dependents(services, {**bits, **{address: above[knot] for address, knot in knot_of.items()}})
