"""Impact on random organisations: as a slow and plain reading of the rules says, whatever the graph."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.snapshot.dependents import dependents_of
from itsm_as_code.snapshot.impact import impact_of, supports_of, way_down
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import View, network_of
from tests.snapshot.networks import Parts, organisation, organisations

GONE = ("retired", "canceled")
YES = ("runs_on", "powered_by", "depends_on")
GROUP = {"part_of": "contains", "member_of": "has_member"}
VIEWS = st.sampled_from(["now", "design"])
Group = tuple[set[str], set[str], int]
"""Members, those that are up to begin with, and how many must be up."""


def alive(parts: Parts) -> list[str]:
    return [address for address, fields in parts.items() if fields["state"] not in GONE]


def edges(parts: Parts, node: str) -> Iterator[tuple[str, str]]:
    """Yield target and relation of what a node needs, read from both ends."""
    for target in parts[node].get("depends_on", ()):
        yield target, "depends_on"
    for stated in parts[node].get("relations", ()):
        if stated["type"] in YES:
            yield stated["to"], stated["type"]
    for other in parts:
        for stated in parts[other].get("relations", ()):
            if stated["to"] == node and stated["type"] in GROUP:
                yield other, GROUP[stated["type"]]


class Oracle:
    """What each node needs: outside of groups, and in groups."""

    def __init__(self, parts: Parts, view: View) -> None:
        self.nodes = alive(parts)
        self.plain: dict[str, set[str]] = {}
        self.groups: dict[str, list[Group]] = {}
        self.needed: dict[str, set[str]] = {}
        for node in self.nodes:
            held = {(target, name) for target, name in edges(parts, node) if target in self.nodes and target != node}
            grouped: set[tuple[str, str]] = set()
            self.groups[node] = []
            for entry in parts[node]["redundancy"]:
                over = entry["over"]
                within = {edge for edge in held if (edge[1] == over if isinstance(over, str) else edge[0] in over)}
                if within:
                    grouped |= within
                    self.groups[node].append(self.group(parts, {target for target, _ in within}, entry["min_up"], view))
            self.plain[node] = {target for target, name in held if (target, name) not in grouped}
            self.needed[node] = {target for target, _ in held}

    @staticmethod
    def group(parts: Parts, members: set[str], min_up: Any, view: View) -> Group:  # noqa: ANN401 - number or share
        down = ("planned",) if view == "design" else ("planned", "maintenance")
        up = {member for member in members if parts[member]["state"] not in down} or members
        least = min_up if isinstance(min_up, int) else ceil(int(min_up[:-1]) * len(members) / 100)
        return members, up, min(least, len(up))

    def rounds(self, starts: Sequence[str]) -> list[set[str]]:
        """Return what is down after each round; the last is the least fixed point."""
        found = [set(starts) & set(self.nodes)]
        while True:
            down = found[-1]
            more = down | {node for node in self.nodes if self.falls(node, down)}
            if more == down:
                return found
            found.append(more)

    def falls(self, node: str, down: set[str]) -> bool:
        return bool(self.plain[node] & down) or any(len(up - down) < least for _, up, least in self.groups[node])


@given(organisations(), VIEWS)
def test_what_is_down_and_how_far_away(parts: Parts, view: View) -> None:
    network = network_of(organisation(parts), view)
    oracle = Oracle(parts, view)
    assert list(network.records) == oracle.nodes
    for starts in [*([address] for address in parts), *map(list, combinations(parts, 2))]:
        impact = impact_of(network, starts)
        rounds = oracle.rounds(starts)
        depths = {node: next(depth for depth, down in enumerate(rounds) if node in down) for node in rounds[-1]}
        assert {address: fall.depth for address, fall in impact.falls.items()} == depths
        for address in impact.falls:
            way = impact.way(address)
            assert way[0].address in starts
            assert [fall.depth for fall in way] == list(range(len(way)))
            assert all(
                after.address in oracle.nodes and before.address in oracle.needed[after.address]
                for before, after in pairwise(way)
            )
        for group in impact.weakened:
            assert group.owner not in impact.falls
            assert group.least <= impact.up(group) < len(group.members) - len(group.idle)


@given(organisations())
def test_which_services_are_reached_whether_redundancy_holds_or_not(parts: Parts) -> None:
    dependents = dependents_of(organisation(parts))
    oracle = Oracle(parts, "design")
    above: dict[str, set[str]] = {}
    for start in oracle.nodes:
        reached = {start}
        while more := {node for node in oracle.nodes if oracle.needed[node] & reached} - reached:
            reached |= more
        above[start] = {node for node in reached if node.startswith("service:")}
        assert dependents.services_above([start, "ci:no-such"]) == tuple(sorted(above[start]))
    for one, other in combinations(oracle.nodes, 2):
        assert dependents.services_above([one, other]) == tuple(sorted(above[one] | above[other]))


@given(organisations(), VIEWS)
def test_what_is_enough_alone(parts: Parts, view: View) -> None:
    network = network_of(organisation(parts), view)
    oracle = Oracle(parts, view)
    kills = {start: oracle.rounds([start])[-1] for start in oracle.nodes}
    expected = {
        target: [start for start in oracle.nodes if target in kills[start] and start != target]
        for target in oracle.nodes
    }
    assert lone_causes(network, parts) == expected
    for target in oracle.nodes:
        assert lone_causes(network, [target]) == {target: expected[target]}
        supports = supports_of(network, target)
        assert {address for address, support in supports.items() if support.alone} == set(expected[target])
        for address, support in supports.items():
            way = way_down(supports, address)
            assert (way[0].source, way[-1].target, len(way)) == (target, address, support.depth)
