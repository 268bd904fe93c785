"""The neighbourhood graph: levels, limits, directions, and that nothing overlaps."""

import re
from collections.abc import Mapping

from itsm_as_code.site.edition import edition
from itsm_as_code.site.graph import MOST_NODES, Drawing, drawing
from tests.site.builds import NOW, snapshot


def draw(files: Mapping[str, str], address: str) -> Drawing | None:
    return drawing(edition(snapshot(files), NOW, "internal", []), address, "../")


def ci(name: str, *relations: tuple[str, str], class_: str = "server", more: str = "") -> Mapping[str, str]:
    stated = "".join(f"  - {{type: {type_}, to: ci:{to}}}\n" for type_, to in relations)
    text = f"title: node {name}\nclass: {class_}\nowner: team:web\nstate: operational\n{more}"
    return {f"records/cis/{name}.yaml": text + (f"relations:\n{stated}" if stated else "")}


def levels(of: Drawing | None) -> Mapping[str, int]:
    assert of is not None
    return {node.label.text.removeprefix("node "): node.level for node in of.nodes}


CHAIN = {
    **ci("a", ("depends_on", "b")),
    **ci("b", ("depends_on", "c")),
    **ci("c", ("depends_on", "d")),
    **ci("d", ("depends_on", "e")),
    **ci("e", ("depends_on", "f")),
    **ci("f"),
}


def test_two_levels_each_way() -> None:
    assert levels(draw(CHAIN, "ci:d")) == {"b": -2, "c": -1, "d": 0, "e": 1, "f": 2}
    assert levels(draw(CHAIN, "ci:a")) == {"a": 0, "b": 1, "c": 2}


def test_nothing_to_draw() -> None:
    assert draw(ci("alone"), "ci:alone") is None


def test_the_whole_needs_its_parts() -> None:
    files = {**ci("disk", ("part_of", "array")), **ci("array"), **ci("peer", ("connected_to", "array"))}
    of = draw(files, "ci:array")
    assert levels(of) == {"array": 0, "disk": 1, "peer": -1}
    assert of is not None
    assert {node.label.text.removeprefix("node "): node.how for node in of.nodes} == {
        "array": "",
        "disk": "contains",
        "peer": "connected to",
    }
    assert of.solid.count("M") == 1
    assert of.dashed.count("M") == 1


def test_a_circle_is_drawn_once() -> None:
    files = {**ci("a", ("depends_on", "b")), **ci("b", ("depends_on", "a"))}
    assert levels(draw(files, "ci:a")) == {"a": 0, "b": -1}


def test_at_most_forty_nodes_and_the_others_are_counted() -> None:
    files = {
        **ci("hub"),
        **{path: text for i in range(100) for path, text in ci(f"s{i:02d}", ("runs_on", "hub")).items()},
    }
    files |= {path: text for i in range(7) for path, text in ci(f"v{i}", ("runs_on", "hub"), class_="vm").items()}
    of = draw(files, "ci:hub")
    assert of is not None
    records = [node for node in of.nodes if node.href]
    assert len(records) <= MOST_NODES
    rest = [node for node in of.nodes if not node.href]
    counts = [int(re.sub(r"\D", "", node.label.text)) for node in rest]
    assert len(records) - 1 + sum(counts) == 107
    assert {re.sub(r"[\d+]", "", node.label.text).strip() for node in rest} <= {"servers", "vms"}
    assert all("rest" in node.style for node in rest)


def test_far_away_hubs_are_counted_from_below() -> None:
    files = {
        **ci("leaf"),
        **ci("hub", ("depends_on", "leaf")),
        **{path: text for i in range(600) for path, text in ci(f"s{i:03d}", ("depends_on", "hub")).items()},
    }
    of = draw(files, "ci:leaf")
    assert of is not None
    last = of.nodes[-1] if not of.nodes[-1].href else next(node for node in of.nodes if not node.href)
    assert last.label.note == "or more, not drawn"
    assert last.through == "node hub"


def test_boxes_do_not_overlap_and_stay_inside() -> None:
    files = dict(CHAIN)
    for i in range(20):
        files |= ci(f"x{i}", ("depends_on", "d"), ("depends_on", "e"))
        files |= ci(f"y{i}", ("runs_on", f"x{i}"))
    of = draw(files, "ci:d")
    assert of is not None
    places = {(node.x, node.y) for node in of.nodes}
    assert len(places) == len(of.nodes)
    for x, y in places:
        assert 0 <= x <= of.width - 192
        assert 0 <= y <= of.height - 46
        assert not any(x == other and y < below < y + 46 for other, below in places)


def test_restricted_neighbours_are_named_by_address_and_lead_no_further() -> None:
    files = {
        **ci("a", ("depends_on", "vault")),
        **ci("vault", ("depends_on", "b"), more="visibility: restricted\n"),
        **ci("b"),
    }
    of = draw(files, "ci:a")
    assert levels(of) == {"a": 0, "ci:vault": 1}
    assert draw(files, "ci:b") is None
