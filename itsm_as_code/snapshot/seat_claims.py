"""Where seats of licences are written: blocks on the licence, assets, and the outcome of requests."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

_NEVER_HANDED_OUT = frozenset({"rejected", "canceled"})


@dataclass(frozen=True, slots=True)
class Seat:
    """Seats of one licence that one holder has.

    `holder` is the address (as written, where the link is broken), `seats` how many, `source` the address of the
    record that says so, at `path`.
    """

    holder: str
    seats: int
    source: str
    path: FieldPath


@dataclass(frozen=True, slots=True)
class Claim:
    """One seat as a record states it: of which licence, and who has it."""

    licence: str
    seat: Seat


def _linked(snapshot: Snapshot, record: Record) -> Mapping[FieldPath, str]:
    """Return what each link field of a record names: the target's address, or the text of a broken link."""
    return {link.path: link.target or link.text for link in snapshot.graph.outgoing.get(record.address, ())}


def blocks(snapshot: Snapshot, day: date | None) -> Iterator[Claim]:
    """Yield the blocks of seats that licences set aside for the day; without a day, those without an end."""
    for licence in snapshot.of("licence"):
        named = _linked(snapshot, licence)
        for position, block in enumerate(licence.mappings("allocations")):
            path = ("allocations", position, "to")
            if path in named and _holds(block, day):
                yield Claim(licence.address, Seat(named[path], block.get("seats", 1), licence.address, path))


def single_seats(snapshot: Snapshot, day: date | None) -> Iterator[Claim]:
    """Yield the seats that assets say they have, then those that requests say they handed out and that are not back."""
    return chain(_of_assets(snapshot), _of_requests(snapshot, day))


def _of_assets(snapshot: Snapshot) -> Iterator[Claim]:
    for asset in snapshot.of("asset"):
        for link in snapshot.graph.outgoing.get(asset.address, ()):
            if link.path[0] == "licences" and link.target is not None:
                yield Claim(link.target, Seat(asset.address, 1, asset.address, link.path))


def _of_requests(snapshot: Snapshot, day: date | None) -> Iterator[Claim]:
    for request in snapshot.of("request"):
        outcome = request.get("outcome.licences")
        if not outcome or request.state in _NEVER_HANDED_OUT:
            continue
        named = _linked(snapshot, request)
        receiver = named.get(("requested_for",)) or named.get(("requested_by",), "")
        back = _returned(request, named, day)
        for position, entry in enumerate(outcome):
            path: FieldPath = ("outcome", "licences", position, "licence")
            licence = named.get(path, "")
            holder = named.get((*path[:-1], "to"), receiver)
            if back[licence] > 0:
                back[licence] -= 1
            elif _holds(entry, day):
                yield Claim(licence, Seat(holder, 1, request.address, path))


def _returned(request: Record, named: Mapping[FieldPath, str], day: date | None) -> dict[str, int]:
    """Return how many seats of each licence came back from a request."""
    back: dict[str, int] = defaultdict(int)
    for position, entry in enumerate(request.mappings("returns")):
        if day is None or entry["at"] <= day.isoformat():
            back[named.get(("returns", position, "licence"), "")] += 1
    back.pop("", None)
    return back


def _holds(entry: Mapping[str, Any], day: date | None) -> bool:
    """Return whether a seat's time includes the day; without a day, whether it is open."""
    until = entry.get("until")
    if day is None:
        return until is None
    return entry.get("since", "") <= day.isoformat() and (until is None or day.isoformat() <= until)
