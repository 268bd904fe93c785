"""Circles of links: records that lead back to themselves."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from itsm_as_code.model.finding import OtherEnd
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record


def circles(links: Iterable[Link]) -> Iterator[Sequence[Link]]:
    """Yield one circle for each knot of records that the links tie, shortest from its first record.

    A knot is a set of records that all lead to one another. Its first record is the first in the order of the
    links given. A record that links to itself is no circle. Linear in the number of links.
    """
    outgoing: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.target is not None and link.target != link.source:
            outgoing[link.source].append(link)
    knot_of = knots(outgoing)
    seen: set[int] = set()
    for start in outgoing:
        if knot_of[start] not in seen:
            circle = _shortest(start, outgoing, knot_of)
            if circle:
                seen.add(knot_of[start])
                yield circle


def circle_in_words(circle: Sequence[Link]) -> str:
    """Return the records of a circle in their order, the first once more at the end: ``ci:a → ci:b → ci:a``."""
    return " → ".join([*(link.source for link in circle), circle[0].source])


def other_links(circle: Sequence[Link], records: Mapping[str, Record]) -> tuple[OtherEnd, ...]:
    """Return where each link of a circle stands but the first, at which the circle is told."""
    return tuple(OtherEnd(records[link.source].file, link.path, f"leads on to {link.target}") for link in circle[1:])


def _shortest(start: str, outgoing: Mapping[str, Sequence[Link]], knots: Mapping[str, int]) -> Sequence[Link]:
    """Return the links of the shortest way from the record back to itself, inside its knot; empty for none."""
    came_by: dict[str, Link] = {}
    queue = deque([start])
    while queue:
        for link in outgoing.get(queue.popleft(), ()):
            target = str(link.target)
            if knots[target] != knots[start] or target in came_by:
                continue
            came_by[target] = link
            if target == start:
                return _way_back(start, came_by)
            queue.append(target)
    return ()


def _way_back(start: str, came_by: Mapping[str, Link]) -> Sequence[Link]:
    way = [came_by[start]]
    while way[-1].source != start:
        way.append(came_by[way[-1].source])
    return way[::-1]


class Tie(Protocol):
    """Something that leads from one record to another."""

    @property
    def target(self) -> str | None:
        """Where it leads; not nowhere."""


def knots(outgoing: Mapping[str, Sequence[Tie]]) -> Mapping[str, int]:
    """Return the number of each record's strongly connected component (Tarjan's way, without recursion).

    A component has a higher number than those to which its records lead.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    knots: dict[str, int] = {}
    stack: list[str] = []
    for root in outgoing:
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        work = [(root, iter(outgoing[root]))]
        while work:
            node, rest = work[-1]
            fresh = _next_unvisited(node, rest, order, low, knots)
            if fresh is not None:
                order[fresh] = low[fresh] = len(order)
                stack.append(fresh)
                work.append((fresh, iter(outgoing.get(fresh, ()))))
                continue
            work.pop()
            if work:
                above = work[-1][0]
                low[above] = min(low[above], low[node])
            if low[node] == order[node]:
                _tie(node, stack, knots)
    return knots


def _next_unvisited(
    node: str, rest: Iterator[Tie], order: Mapping[str, int], low: dict[str, int], knots: Mapping[str, int]
) -> str | None:
    for link in rest:
        target = str(link.target)
        if target not in order:
            return target
        if target not in knots:
            low[node] = min(low[node], order[target])
    return None


def _tie(node: str, stack: list[str], knots: dict[str, int]) -> None:
    number = len(knots)
    while True:
        member = stack.pop()
        knots[member] = number
        if member == node:
            return
