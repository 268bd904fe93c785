"""The graph: both ways, by id and alias, named by relation; suggestions for broken links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.sources.memory import MemorySource

FILES = {
    "records/teams/web.yaml": "name: Web team\nmembers: [person:alice]\n",
    "records/people/alice.yaml": "name: Alice\naliases: [Al the Great]\n",
    "records/services/shop.yaml": "title: Shop\nowner: team:web\ntier: 1\nstate: live\naliases: [web-shop, Web Shop]\n",
    "records/cis/web-01.yaml": (
        "title: Web server\nclass: server\nowner: team:web\n"
        "relations:\n  - {type: depends_on, to: ci:db-01}\n  - {type: hosted_on, to: ci:rack-9}\n"
    ),
    "records/cis/db-01.yaml": "title: Database\nclass: database\nowner: team:web\n",
    "records/incidents/2026/INC-20260304-k7qz.yaml": (
        "title: Shop is down\nimpact: high\nurgency: high\nservices: [service:shop, service:Web Shop, service:shpo]\n"
        "cis: [{ci: ci:web-01, role: affected}]\n"
        "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
        "  - {at: 2026-03-04T03:08:00+01:00, by: person:alice, type: assigned, to: team:web}\n"
    ),
}


def snapshot(files: dict[str, str] = FILES) -> Snapshot:
    return load(MemorySource(files))


def ends(of: Snapshot, address: str) -> list[tuple[str, str]]:
    return [(link.name, link.target or f"broken {link.text}") for link in of.graph.outgoing.get(address, ())]


def inverses(of: Snapshot, address: str) -> set[tuple[str, str]]:
    return {(link.reverse, link.source) for link in of.graph.incoming.get(address, ())}


def test_relations_are_named_by_their_type_both_ways() -> None:
    found = snapshot()
    assert ("depends_on", "ci:db-01") in ends(found, "ci:web-01")
    assert ("used_by", "ci:web-01") in inverses(found, "ci:db-01")


def test_links_of_lists_nested_fields_and_timelines() -> None:
    found = ends(snapshot(), "INC-20260304-k7qz")
    assert ("services", "service:shop") in found
    assert ("cis", "ci:web-01") in found
    assert ("timeline", "team:web") in found
    assert ("timeline", "person:alice") in found


def test_an_alias_resolves_and_is_marked() -> None:
    found = snapshot()
    aliased = [link for link in found.graph.links if link.alias]
    assert [(link.text, link.target) for link in aliased] == [("service:Web Shop", "service:shop")]


def test_broken_links_have_places_and_the_nearest_records() -> None:
    found = snapshot()
    broken = [(link.source, link.path, link.text) for link in found.graph.broken]
    assert broken == [
        ("ci:web-01", ("relations", 1, "to"), "ci:rack-9"),
        ("INC-20260304-k7qz", ("services", 2), "service:shpo"),
    ]
    suggestions = Suggestions(found)
    assert suggestions.existing(found.graph.broken[1]) == ["service:shop"]
    assert suggestions.existing(found.graph.broken[0]) == []


def test_frequent_names_that_nothing_bears_are_suggested_too() -> None:
    files = dict(FILES)
    for number, name in enumerate(["cert.example.org"] * 4 + ["cert.exmple.org"]):
        files[f"records/incidents/0000/INC-{number}.yaml"] = (
            f"title: Outage {number}\nimpact: low\nurgency: low\nservices: ['service:{name}']\n"
            "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
        )
    found = snapshot(files)
    rare = next(link for link in found.graph.broken if link.text == "service:cert.exmple.org")
    often = next(link for link in found.graph.broken if link.text == "service:cert.example.org")
    assert Suggestions(found).frequent(rare) == [("service:cert.example.org", 4)]
    assert Suggestions(found).frequent(often) == []


def test_numbers_are_alike_by_nature_and_none_is_suggested_for_another() -> None:
    files = dict(FILES)
    for number, change in enumerate(["CHG-00003013"] * 4 + ["CHG-00000313"]):
        files[f"records/incidents/0000/INC-{number}.yaml"] = (
            f"title: Outage {number}\nimpact: low\nurgency: low\ncaused_by_change: {change}\n"
            "timeline:\n  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}\n"
        )
    found = snapshot(files)
    rare = next(link for link in found.graph.broken if link.text == "CHG-00000313")
    assert Suggestions(found).frequent(rare) == ()


def test_of_names_that_are_equally_alike_the_first_by_name_are_offered() -> None:
    files = {**FILES, "records/teams/x.yaml": "name: Some team\nlinks: [{type: a, to: 'ci:lb-03'}]\n"}
    for letter in "acdefghijkmnopqrstuvwxyz":
        files[f"records/cis/{letter}{letter}-03.yaml"] = "title: A machine\nclass: server\nowner: team:web\n"
    found = snapshot(files)
    link = next(link for link in found.graph.broken if link.source == "team:x")
    assert Suggestions(found).existing(link) == ["ci:aa-03", "ci:cc-03", "ci:dd-03"]


def test_names_too_long_to_be_compared_are_left_alone() -> None:
    long = "a" * 50_000
    files = {
        **FILES,
        "records/teams/x.yaml": f"name: Some team\nlinks: [{{type: a, to: 'ci:{long}'}}]\naliases: [{long}b]\n",
    }
    found = snapshot(files)
    link = next(link for link in found.graph.broken if link.source == "team:x")
    assert Suggestions(found).existing(link) == []


@given(st.permutations(sorted(FILES)))
def test_the_order_of_files_never_matters(order: list[str]) -> None:
    one, other = snapshot(), snapshot({path: FILES[path] for path in order})
    assert one.graph == other.graph
    assert list(one.records) == list(other.records)


def test_every_resolved_link_is_found_from_its_target() -> None:
    found = snapshot()
    for link in found.graph.links:
        assert link in found.graph.outgoing[link.source]
        assert (link.target is None) == (link in found.graph.broken)
        if link.target is not None:
            assert link in found.graph.incoming[link.target]


@pytest.mark.parametrize(
    "junk", ["services: 5", "services: [[service:shop]]", "cis: [ci:web-01, {ci: 7}]", "timeline: x", "owner: {a: b}"]
)
def test_malformed_fields_never_stop_the_graph(junk: str) -> None:
    files = {**FILES, "records/changes/0000/CHG-1.yaml": f"title: Something\n{junk}\n"}
    found = snapshot(files)
    assert not found.records["CHG-1"].valid
    assert found.faults
