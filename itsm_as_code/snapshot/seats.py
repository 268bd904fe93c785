"""Seats of licences in use: who or what has them, each counted once wherever it is written down.

A seat may be written as a block on the licence (`allocations`), on the asset (`licences`), on the request that handed
it out (`outcome.licences`), and follow from software that is `installed` on a CI. What names the same holder is one
seat: the largest of the numbers counts. For the metric `user` the holder of an asset is the person who has it; for
the others the holder of a CI is its asset. For `concurrent` only blocks count: who may use a product says nothing of
how many do at one time. A team's block stands for itself, beside the seats of its members.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.seat_claims import Seat, blocks, single_seats
from itsm_as_code.snapshot.snapshot import Snapshot

_OF_MACHINES = frozenset({"device", "core", "processor"})
"""Metrics of which an installation takes seats."""


def seats_in_use(snapshot: Snapshot, day: date | None = None) -> Mapping[str, tuple[Seat, ...]]:
    """Return the seats in use by their licence's address; licences that nobody uses are left out.

    With a day, those of that day. Without one, what has an end (`until`) is left out, and what has no end is counted,
    begun or not. Worked out once a snapshot and day; linear in records.
    """
    name = f"seats:{day or ''}"
    if name not in snapshot.shared:
        snapshot.shared[name] = _seats(snapshot, day)
    found: Mapping[str, tuple[Seat, ...]] = snapshot.shared[name]
    return found


def number_in_use(snapshot: Snapshot, licence: Record) -> int:
    """Return how many seats of a licence are in use, as lint counts them."""
    return sum(seat.seats for seat in seats_in_use(snapshot).get(licence.address, ()))


@dataclass(slots=True)
class _Count:
    """What is counted so far for one licence: its seats, how many each holder has, and the people behind assets."""

    metric: str
    seats: list[Seat] = field(default_factory=list)
    by_holder: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    served: set[str] = field(default_factory=set)

    def raise_to(self, seat: Seat) -> None:
        """Count as many of the seats as the holder has not got yet."""
        fresh = seat.seats - self.by_holder[seat.holder]
        if fresh > 0:
            self.add(Seat(seat.holder, fresh, seat.source, seat.path))

    def add(self, seat: Seat) -> None:
        self.seats.append(seat)
        self.by_holder[seat.holder] += seat.seats


def _seats(snapshot: Snapshot, day: date | None) -> Mapping[str, tuple[Seat, ...]]:
    counts = {licence.address: _Count(str(licence.fields["metric"])) for licence in snapshot.of("licence")}
    holders = _Holders(snapshot)
    for claim in blocks(snapshot, day):
        count = counts[claim.licence]
        count.add(holders.counted(claim.seat, count.metric))
    for claim in single_seats(snapshot, day):
        count = counts.get(claim.licence, _NONE)
        if count.metric == "concurrent" or not _is_there(snapshot, claim.seat.holder):
            continue
        seat = holders.counted(claim.seat, count.metric)
        if claim.seat.path[0] == "licences":
            count.served.add(holders.person_of.get(claim.seat.holder, claim.seat.holder))
            count.raise_to(seat)
        elif count.metric == "user" or not seat.holder.startswith("person:"):
            count.raise_to(seat)
        elif seat.holder not in count.served and not count.by_holder[seat.holder]:
            # One person may have asked for several machines.
            count.seats.append(seat)
    _install(snapshot, counts, holders)
    return {address: tuple(count.seats) for address, count in counts.items() if count.seats}


_NONE = _Count("concurrent")
"""Stands for a licence that is not there or not valid: nothing is counted."""


class _Holders:
    """Knows whose an asset is and which asset a CI is."""

    def __init__(self, snapshot: Snapshot) -> None:
        assigned = _targets(snapshot, snapshot.of("asset"), ("assigned_to",))
        # What a team has stands for itself: several of its people use it.
        self.person_of = {asset: holder for asset, holder in assigned if holder.startswith("person:")}
        self._asset_of = dict(_targets(snapshot, snapshot.of("ci"), ("asset",)))

    def counted(self, seat: Seat, metric: str) -> Seat:
        """Return the seat under the holder that is counted for the metric."""
        holder = self._asset_of.get(seat.holder, seat.holder)
        if metric == "user":
            holder = self.person_of.get(holder, holder)
        return Seat(holder, seat.seats, seat.source, seat.path)


def _targets(snapshot: Snapshot, records: Iterable[Record], path: FieldPath) -> Iterator[tuple[str, str]]:
    """Yield the address of each record with what its field names: an address, or the text of a broken link."""
    for record in records:
        for link in snapshot.graph.outgoing.get(record.address, ()):
            if link.path == path:
                yield record.address, link.target or link.text


def _is_there(snapshot: Snapshot, holder: str) -> bool:
    """Return whether a holder still exists: what is retired uses nothing. A person who left has the seat still."""
    record = snapshot.records.get(holder)
    return record is None or not record.is_final


@dataclass(slots=True)
class _Pool:
    """Licences of one product and metric: their counts and free seats, and what each holder has of them together."""

    metric: str
    counts: list[_Count] = field(default_factory=list)
    free: list[int] = field(default_factory=list)
    by_holder: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    position: int = 0
    """Of the first one that has seats left."""

    def join(self, count: _Count, seats: int) -> None:
        """Add a licence of so many seats."""
        self.counts.append(count)
        self.free.append(seats - sum(seat.seats for seat in count.seats))
        for seat in count.seats:
            self.by_holder[seat.holder] += seat.seats

    def take(self, seat: Seat) -> None:
        """Count what the holder has not got yet on the licences in turn; what is too much falls on the last."""
        missing = seat.seats - self.by_holder[seat.holder]
        while missing > 0:
            is_last = self.position == len(self.counts) - 1
            part = missing if is_last else min(missing, max(self.free[self.position], 0))
            if part:
                self.counts[self.position].add(Seat(seat.holder, part, seat.source, seat.path))
                self.by_holder[seat.holder] += part
                self.free[self.position] -= part
                missing -= part
            if missing:
                self.position += 1


def _install(snapshot: Snapshot, counts: Mapping[str, _Count], holders: _Holders) -> None:
    """Count what is installed on CIs: the cores for a `core` licence (one where none are written), one for others."""
    pools = _pools(snapshot, counts)
    for ci in snapshot.of("ci"):
        if ci.is_final or ci.state == "planned" or not pools:
            continue
        for position, software in enumerate(ci.mappings("installed")):
            path = ("installed", position, "product")
            seat = holders.counted(Seat(ci.address, 1, ci.address, path), "device")
            several = pools.get(_product(software["product"]), ())
            pool = next((pool for pool in several if pool.by_holder.get(seat.holder)), next(iter(several), None))
            if pool is not None:
                pool.take(replace(seat, seats=software.get("cores", 1)) if pool.metric == "core" else seat)


def _pools(snapshot: Snapshot, counts: Mapping[str, _Count]) -> Mapping[str, Sequence[_Pool]]:
    """Return the licences in force of which installations take seats, by product, those that end last first."""
    licences = [
        licence
        for licence in snapshot.of("licence")
        if licence.state == "active" and licence.fields["metric"] in _OF_MACHINES
    ]
    found: dict[str, list[_Pool]] = defaultdict(list)
    for licence in sorted(licences, key=lambda licence: licence.get("term.end") or "9999", reverse=True):
        pools, metric = found[_product(licence.fields["product"])], licence.fields["metric"]
        pool = next((pool for pool in pools if pool.metric == metric), None)
        if pool is None:
            pool = _Pool(metric)
            pools.append(pool)
        pool.join(counts[licence.address], licence.fields["seats"])
    return dict(found)


def _product(text: str) -> str:
    return " ".join(text.lower().split())
