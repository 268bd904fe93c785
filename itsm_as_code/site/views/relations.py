"""The links of a record, both ways, grouped by their names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.moments import day_words
from itsm_as_code.site.page import list_path
from itsm_as_code.site.words import label, spaced, state_tone
from itsm_as_code.snapshot import derive

_SHOWN = 50
_COMPARED = 200
_NUMBER = re.compile(r"(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record at the other end of a link; many processes bear one title, so theirs come with id and day."""

    anchor: Anchor
    id: str
    kind: str
    state: str
    tone: str
    day: str


@dataclass(frozen=True, slots=True)
class ListLink:
    """A link to the list of a kind."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The records that one link name leads to; `more` says how many are left out, `lists` where to find them."""

    label: str
    neighbours: tuple[Neighbour, ...]
    more: int
    lists: tuple[ListLink, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """Links both ways, and the texts of the broken ones with their fields."""

    outgoing: tuple[LinkGroup, ...]
    incoming: tuple[LinkGroup, ...]
    broken: tuple[tuple[str, str], ...]


def relations(edition: Edition, address: str, root: str) -> Relations:
    """Return the links of a record; a link that a withheld record states is not shown at its other end."""
    graph = edition.snapshot.graph
    outgoing = [link for link in graph.outgoing.get(address, ()) if link.path[0] != "timeline"]
    incoming = [link for link in graph.incoming.get(address, ()) if link.source not in edition.withheld]
    return Relations(
        outgoing=_groups(edition, root, [(link.name, link.target) for link in outgoing if link.target is not None]),
        incoming=_groups(edition, root, [(link.reverse, link.source) for link in incoming if not _is_signature(link)]),
        broken=tuple((label(link.name), link.text) for link in outgoing if link.target is None),
    )


def _is_signature(link: Link) -> bool:
    """Return whether the link only says who wrote a timeline entry, or for whom: that is no relation."""
    return link.path[0] == "timeline"


def _groups(edition: Edition, root: str, ends: Sequence[tuple[str, str]]) -> tuple[LinkGroup, ...]:
    by_name: dict[str, dict[str, None]] = {}
    for name, address in ends:
        by_name.setdefault(name, {})[address] = None
    return tuple(_group(edition, root, name, addresses) for name, addresses in by_name.items())


def _group(edition: Edition, root: str, name: str, addresses: Collection[str]) -> LinkGroup:
    ordered = sorted(addresses, key=lambda address: _order(edition, address))
    shown, rest = ordered[:_SHOWN], ordered[_SHOWN:]
    kinds = {record.kind.name: record.kind for address in rest if (record := edition.snapshot.records.get(address))}
    return LinkGroup(
        label(name),
        tuple(_neighbour(edition, address, root) for address in shown),
        len(rest),
        tuple(ListLink(kind.plural, root + list_path(kind.folder, 1)) for kind in kinds.values()),
    )


def _order(edition: Edition, address: str) -> tuple[bool, float, tuple[tuple[int, str], ...]]:
    """Return the place of a record among its like: work going on first, then the newest, then by title and number."""
    record = edition.shown(address)
    text = (address if record is None else record.title).casefold()
    at = _opened(record) if record is not None else None
    pieces = enumerate(_NUMBER.split(text[:_COMPARED]))
    words = tuple((int(piece), "") if position % 2 else (-1, piece) for position, piece in pieces)
    return record is None or record.is_final, -at.timestamp() if at is not None else 0.0, words


def _opened(record: Record) -> datetime | None:
    """Return when a process began; None for what is no process."""
    return parse_time(derive.opened_at(record) or "") if record.kind.logged else None


def _neighbour(edition: Edition, address: str, root: str) -> Neighbour:
    record = edition.shown(address)
    anchor = edition.anchor(address, root)
    if record is None:
        return Neighbour(anchor, "", "", "", "quiet", "")
    at = _opened(record)
    return Neighbour(
        anchor,
        record.id if record.kind.prefix else "",
        record.kind.title,
        spaced(record.state),
        state_tone(record.kind, record.state),
        day_words(edition.clock.day(at)) if at is not None else "",
    )
