"""The links of a record, both ways, grouped by their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.link import Link
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.words import label, spaced, state_tone

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record at the other end of a link."""

    anchor: Anchor
    kind: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The records that one link name leads to; `more` says how many are left out."""

    label: str
    neighbours: tuple[Neighbour, ...]
    more: int


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
    return tuple(
        LinkGroup(
            label(name),
            tuple(_neighbour(edition, address, root) for address in _chosen(edition, addresses)),
            max(0, len(addresses) - _SHOWN),
        )
        for name, addresses in by_name.items()
    )


def _chosen(edition: Edition, addresses: dict[str, None]) -> Sequence[str]:
    """Return the addresses to show: all, or of too many those with work going on, then the newest."""
    if len(addresses) <= _SHOWN:
        return list(addresses)
    records = edition.snapshot.records
    newest = sorted(addresses, reverse=True)
    return sorted(newest, key=lambda address: records[address].is_final if address in records else True)[:_SHOWN]


def _neighbour(edition: Edition, address: str, root: str) -> Neighbour:
    record = edition.shown(address)
    anchor = edition.anchor(address, root)
    if record is None:
        return Neighbour(anchor, "", "", "quiet")
    return Neighbour(anchor, record.kind.title, spaced(record.state), state_tone(record.kind, record.state))
