"""Impact: what fails if these fail, what it all depends on, and why, as walks through the impact network."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import Group, Need, Network


@dataclass(frozen=True, slots=True)
class Fall:
    """One record that is down, and what took it down.

    `depth` counts the steps from the nearest start. `need` is the dependency by which the failure came (None for a
    start), `group` the group that has too few members up because of it.
    """

    address: str
    depth: int
    need: Need | None = None
    group: Group | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """The least fixed point: the records that are down with the starts, and the groups that lost members and hold."""

    falls: Mapping[str, Fall]
    """By address, in the order of depth; the starts come first."""
    weakened: Sequence[Group]
    """Groups of records that stay up."""

    def way(self, address: str, most: int | None = None) -> Sequence[Fall]:
        """Return the records by which the failure came, from a start to this one, by the fewest steps there are.

        Of a way with more steps than `most`, the last so many.
        """
        steps = [self.falls[address]]
        while (need := steps[-1].need) is not None and (most is None or len(steps) <= most):
            steps.append(self.falls[need.target])
        return steps[::-1]

    def up(self, group: Group) -> int:
        """Return how many members of a group are up in the end."""
        return sum(member not in group.idle and member not in self.falls for member in group.members)


@dataclass(frozen=True, slots=True)
class Support:
    """One record on which another depends, at whatever distance.

    `need` is the last dependency of a shortest way to it. `alone` says that its failure by itself takes the other down.
    """

    address: str
    depth: int
    need: Need
    alone: bool


def impact_of(network: Network, starts: Iterable[str]) -> Impact:
    """Return what is down if these fail at once; starts that are no nodes take no part. Linear in needs.

    A record is down if it is a start, if something it needs outside of any group is down, or if a group of its has
    fewer members up than it needs. A group that has too few up to begin with falls with the next one.
    """
    falls = {start: Fall(start, 0) for start in starts if start in network.records}
    lost: dict[Group, int] = {}
    queue = deque(falls)
    while queue:
        address = queue.popleft()
        depth = falls[address].depth + 1
        counted: set[Group] = set()
        for need in network.dependents.get(address, ()):
            broken = None
            for group in need.groups:
                # A member may be needed by two relations of one group, and yet is one member.
                if address not in group.idle and group not in counted:
                    counted.add(group)
                    lost[group] = lost.get(group, 0) + 1
                if lost.get(group, 0) > group.spare:
                    broken = broken or group
            if need.source not in falls and (not need.groups or broken is not None):
                falls[need.source] = Fall(need.source, depth, need, broken)
                queue.append(need.source)
    return Impact(falls, tuple(group for group in lost if group.owner not in falls))


def supports_of(network: Network, address: str) -> Mapping[str, Support]:
    """Return all that a record depends on, by address, in the order of depth; nothing for one that is no node."""
    found: dict[str, tuple[int, Need]] = {}
    queue = deque([(address, 0)])
    while queue:
        source, depth = queue.popleft()
        for need in network.needs.get(source, ()):
            if need.target != address and need.target not in found:
                found[need.target] = (depth + 1, need)
                queue.append((need.target, depth + 1))
    alone = frozenset(lone_causes(network, [address]).get(address, ()))
    return {target: Support(target, depth, need, target in alone) for target, (depth, need) in found.items()}


def way_down(supports: Mapping[str, Support], address: str, most: int | None = None) -> Sequence[Need]:
    """Return the needs that lead from the record whose supports these are to one of them, the fewest there are.

    Of a way with more needs than `most`, the last so many.
    """
    needs = [supports[address].need]
    while needs[-1].source in supports and (most is None or len(needs) < most):
        needs.append(supports[needs[-1].source].need)
    return needs[::-1]
