"""Circles: exactly one for each knot of links, whatever the order of the links."""

from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.model.kind import LinkField
from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.circles import circles

FIELD = LinkField(("depends_on", "*"), (), "used_by")
EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=24, unique=True)


def links(edges: list[tuple[int, int]]) -> list[Link]:
    return [
        Link(f"ci:{one}", ("depends_on", 0), FIELD, "depends_on", "used_by", f"ci:{two}", f"ci:{two}")
        for one, two in edges
    ]


def reachable(edges: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs of nodes of which the second can be reached from the first, in the slow and plain way."""
    pairs = {(one, two) for one, two in edges if one != two}
    while True:
        more = pairs | {(one, four) for one, two in pairs for three, four in pairs if two == three}
        if more == pairs:
            return pairs
        pairs = more


@settings(deadline=None)
@given(EDGES)
def test_each_knot_gives_one_circle_of_its_own_links(edges: list[tuple[int, int]]) -> None:
    pairs = reachable(edges)
    knots = {
        frozenset({node} | {two for one, two in pairs if one == node and (two, one) in pairs}) for node, _ in pairs
    }
    knots = {knot for knot in knots if len(knot) > 1}
    found = list(circles(links(edges)))
    assert len(found) == len(knots)
    for circle in found:
        assert [link.target for link in circle] == [*(link.source for link in circle[1:]), circle[0].source]
        names = {int(link.source.removeprefix("ci:")) for link in circle}
        assert len(names) == len(circle)
        assert any(names <= knot for knot in knots)


def test_a_circle_begins_at_the_first_record_and_is_the_shortest() -> None:
    found = list(circles(links([(0, 9), (1, 2), (2, 3), (3, 1), (2, 1)])))
    assert [[link.source for link in circle] for circle in found] == [["ci:1", "ci:2"]]


def test_long_chains_need_no_recursion() -> None:
    length = 5000
    found = list(circles(links([(node, (node + 1) % length) for node in range(length)])))
    assert [len(circle) for circle in found] == [length]


def test_broken_links_and_links_to_oneself_are_no_circle() -> None:
    broken = Link("ci:1", ("depends_on", 0), FIELD, "depends_on", "used_by", "ci:2", None)
    assert list(circles([broken, *links([(3, 3)])])) == []
