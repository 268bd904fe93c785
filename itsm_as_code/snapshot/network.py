"""The impact network of a snapshot: which service or CI needs which, and what may fail without harm.

Nodes are the services and CIs that are not in a final state. Edges come from a service's `depends_on` and from the
relations of CIs: where the type carries `yes`, who states the relation needs its target; where it carries `group`
(`part_of`, `member_of`), the target needs whoever states it. What carries `no` is no edge. A `redundancy` entry adds
no edge: it makes a group of edges that are there, of which only some must be up.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

View = Literal["now", "design"]
"""``now``: a CI in maintenance is not up. ``design``: it counts as up, since it comes back."""

KINDS = ("service", "ci")
_NOT_YET = frozenset({"planned", "build", "test"})
_AWAY = frozenset({"maintenance"})
_SHARE = re.compile(r"([1-9][0-9]?|100)%", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The members of one `redundancy` entry: records that its owner needs, of which `least` must be up.

    `over` is the relation's name as seen from the owner, or the ids of the members as a list. `idle` are members that
    are not up to begin with (planned, in maintenance); where none is up, all count as up, since nothing is in use yet.
    """

    owner: str
    over: str
    position: int
    """Which entry of the owner's `redundancy` it is, from 0."""
    members: tuple[str, ...]
    idle: frozenset[str]
    least: int

    @property
    def spare(self) -> int:
        """How many of those that are up may fail; 0 where any failure takes the owner down."""
        return max(len(self.members) - len(self.idle) - self.least, 0)


@dataclass(frozen=True, slots=True)
class Need:
    """One dependency: a failure of `target` reaches `source`; through the groups, where it belongs to any.

    `relation` is its name as seen from the source: ``runs_on``, ``depends_on``, ``has_member``.
    """

    source: str
    target: str
    relation: str
    link: Link
    """The link that states it, on the source or, in groups, on the target."""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Needs by their source and by their target, groups by their owner; records by address, in file order."""

    records: Mapping[str, Record]
    needs: Mapping[str, Sequence[Need]]
    dependents: Mapping[str, Sequence[Need]]
    groups: Mapping[str, Sequence[Group]]


_Edge = tuple[str, str]
"""Target and relation of an edge."""


@dataclass(slots=True)
class _Draft:
    """Edges before their groups are known: per source, target and relation."""

    edges: dict[str, dict[_Edge, Link]] = field(default_factory=lambda: defaultdict(dict))
    named: dict[str, dict[int, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    """Owner → position of the redundancy entry → the records that its list names."""


def network_of(snapshot: Snapshot, view: View = "design") -> Network:
    """Return the network of a snapshot, worked out once a snapshot and view. Linear in links."""
    name = f"network:{view}"
    if name not in snapshot.shared:
        snapshot.shared[name] = _build(snapshot, view)
    found: Network = snapshot.shared[name]
    return found


def relation_names(snapshot: Snapshot) -> Mapping[str, bool]:
    """Return every name that `over` may give a relation, with whether failure can reach this record along it."""
    names: dict[str, bool] = {"depends_on": True}
    for name, relation in snapshot.config.relation_types.items():
        names[name] = names.get(name, False) or relation.carries == "yes"
        names[relation.inverse] = names.get(relation.inverse, False) or relation.carries == "group"
    return names


def _build(snapshot: Snapshot, view: View) -> Network:
    records = {
        address: record
        for address, record in snapshot.records.items()
        if record.kind.name in KINDS and not record.is_final
    }
    draft = _draft(snapshot, records)
    needs: dict[str, Sequence[Need]] = {}
    groups: dict[str, Sequence[Group]] = {}
    dependents: dict[str, list[Need]] = defaultdict(list)
    for address, record in records.items():
        edges = draft.edges.get(address)
        if not edges:
            continue
        grouped = list(_groups(record, edges, draft.named.get(address, {}), records, view))
        if grouped:
            groups[address] = tuple(group for group, _ in grouped)
        member_of: dict[_Edge, tuple[Group, ...]] = {}
        for group, keys in grouped:
            for key in keys:
                member_of[key] = (*member_of.get(key, ()), group)
        needs[address] = [
            Need(address, target, relation, link, member_of.get((target, relation), ()))
            for (target, relation), link in edges.items()
        ]
        for need in needs[address]:
            dependents[need.target].append(need)
    return Network(records, needs, dict(dependents), groups)


def _draft(snapshot: Snapshot, records: Mapping[str, Record]) -> _Draft:
    draft = _Draft()
    types = snapshot.config.relation_types
    for link in snapshot.graph.links:
        source, target, first = link.source, link.target, link.path[0]
        if target is None or target == source or source not in records or target not in records:
            continue
        if first == "redundancy":
            draft.named[source][int(link.path[1])].append(target)
        elif first == "depends_on":
            draft.edges[source].setdefault((target, link.name), link)
        elif first == "relations" and link.name in types:
            relation = types[link.name]
            if relation.carries == "yes":
                draft.edges[source].setdefault((target, link.name), link)
            elif relation.carries == "group":
                draft.edges[target].setdefault((source, relation.inverse), link)
    return draft


def _groups(
    record: Record,
    edges: Mapping[_Edge, Link],
    named: Mapping[int, Sequence[str]],
    records: Mapping[str, Record],
    view: View,
) -> Iterator[tuple[Group, Sequence[_Edge]]]:
    """Yield the group of each redundancy entry of a record, with the edges that belong to it."""
    entries = record.fields.get("redundancy")
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        over = entry.get("over") if isinstance(entry, dict) else None
        if isinstance(over, str):
            keys = [edge for edge in edges if edge[1] == over]
        elif isinstance(over, list):
            wanted = set(named.get(position, ()))
            keys = [edge for edge in edges if edge[0] in wanted]
            over = ", ".join(dict.fromkeys(records[target].id for target, _ in keys))
        else:
            continue
        members = tuple(dict.fromkeys(target for target, _ in keys))
        least = least_up(entry.get("min_up"), len(members))
        if members and least is not None:
            idle = frozenset(member for member in members if not _is_up(records[member], view))
            idle = idle if len(idle) < len(members) else frozenset()
            yield Group(record.address, over, position, members, idle, least), keys


def least_up(min_up: Any, members: int) -> int | None:  # noqa: ANN401 - any YAML value
    """Return how many of so many members must be up, a share rounded up; None for what is neither number nor share."""
    if isinstance(min_up, int) and not isinstance(min_up, bool) and min_up > 0:
        return min_up
    if isinstance(min_up, str) and (share := _SHARE.fullmatch(min_up)) is not None:
        return -(-int(share[1]) * members // 100)
    return None


def _is_up(record: Record, view: View) -> bool:
    if record.kind.name != "ci":
        return True
    return record.state not in _NOT_YET and (view == "design" or record.state not in _AWAY)
