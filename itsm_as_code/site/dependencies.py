"""Dependencies between services, CIs and what users add to them: who needs whom, read off the links once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.kind import Kind, LinkField
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

_ALWAYS = frozenset({"service", "ci"})
_ENVELOPE_FIELDS = frozenset({"links", "timeline"})
_PLAIN = 2


@dataclass(frozen=True, slots=True)
class Tie:
    """The other end of a dependency: its address, what the tie is called from this end, and whether failure travels."""

    address: str
    name: str
    carries: bool


@dataclass(frozen=True, slots=True, eq=False)
class Dependencies:
    """What each record needs and what needs it, by address, in the order of kinds and titles."""

    kinds: frozenset[str]
    """The kinds whose records can be part of it."""
    needs: Mapping[str, Sequence[Tie]]
    needed_by: Mapping[str, Sequence[Tie]]


def dependencies(snapshot: Snapshot, may_state: Callable[[Record], bool]) -> Dependencies:
    """Return the dependencies that records for which `may_state` holds declare.

    A part's failure reaches the whole, so the whole needs the part, though the part states the link.
    """
    kinds = frozenset(kind.name for kind in snapshot.kinds.values() if _is_drawn(kind))
    needs: dict[str, dict[str, Tie]] = {}
    needed_by: dict[str, dict[str, Tie]] = {}
    for record in snapshot.records.values():
        if record.kind.name not in kinds or not may_state(record):
            continue
        for link in snapshot.graph.outgoing.get(record.address, ()):
            target = snapshot.records.get(link.target or "")
            if target is None or target.kind.name not in kinds or target is record or not _is_tie(link.field):
                continue
            relation = snapshot.config.relation_types.get(link.name) if link.field.named_by else None
            carries = relation.carries if relation is not None else "yes"
            near, far, names = record.address, target.address, (link.name, link.reverse)
            if carries == "group":
                near, far, names = far, near, (link.reverse, link.name)
            needs.setdefault(near, {})[far] = Tie(far, names[0], carries != "no")
            needed_by.setdefault(far, {})[near] = Tie(near, names[1], carries != "no")
    return Dependencies(kinds, _sorted(snapshot, needs), _sorted(snapshot, needed_by))


def _is_drawn(kind: Kind) -> bool:
    return kind.name in _ALWAYS or any(field.named_by and field.path[0] not in _ENVELOPE_FIELDS for field in kind.links)


def _is_tie(field: LinkField) -> bool:
    if field.path[0] in _ENVELOPE_FIELDS:
        return False
    return bool(field.named_by) or len(field.path) <= _PLAIN


def _sorted(snapshot: Snapshot, ties: Mapping[str, Mapping[str, Tie]]) -> Mapping[str, Sequence[Tie]]:
    def order(tie: Tie) -> tuple[bool, str, str]:
        record = snapshot.records[tie.address]
        return not tie.carries, record.kind.name, record.id

    return {address: sorted(held.values(), key=order) for address, held in ties.items()}
