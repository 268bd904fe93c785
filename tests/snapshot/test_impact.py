"""Impact case by case: how failure travels, what redundancy saves, and the words for it."""

from collections.abc import Mapping
from typing import Any

import pytest

from itsm_as_code.snapshot.impact import Impact, impact_of, supports_of
from itsm_as_code.snapshot.impact_words import group_in_words, reason
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import Network, View, network_of, relation_names
from tests.snapshot.networks import Parts, organisation, relation

CLUSTER: Parts = {
    "ci:cluster": {"redundancy": [{"over": "has_member", "min_up": 2}]},
    "ci:node-1": {"relations": [relation("member_of", "cluster")]},
    "ci:node-2": {"relations": [relation("member_of", "cluster")]},
    "ci:node-3": {"relations": [relation("member_of", "cluster")]},
    "service:shop": {"depends_on": ["ci:cluster"], "tier": 1},
}


def network(parts: Parts, view: View = "now") -> Network:
    return network_of(organisation(parts), view)


def down(parts: Parts, *starts: str, view: View = "now") -> dict[str, int]:
    """Return depth by address of what fails with the starts."""
    impact = impact_of(network(parts, view), starts)
    return {address: fall.depth for address, fall in impact.falls.items() if fall.depth}


def reasons(parts: Parts, *starts: str) -> Mapping[str, str]:
    found = network(parts)
    impact: Impact = impact_of(found, starts)
    return {address: reason(found, impact, fall) for address, fall in impact.falls.items() if fall.depth}


def changed(parts: Parts, address: str, **fields: Any) -> Parts:  # noqa: ANN401 - any YAML value
    return {**parts, address: {**parts[address], **fields}}


@pytest.mark.parametrize(
    ("type_", "reaches_source", "reaches_target"),
    [
        ("depends_on", True, False),
        ("runs_on", True, False),
        ("hosted_on", True, False),
        ("powered_by", True, False),
        ("secured_by", True, False),
        ("part_of", False, True),
        ("member_of", False, True),
        ("connected_to", False, False),
        ("managed_by", False, False),
        ("backed_up_by", False, False),
        ("replicates_to", False, False),
        ("no-such-type", False, False),
        ("has_member", False, False),
    ],
)
def test_how_failure_travels_along_a_relation(type_: str, *, reaches_source: bool, reaches_target: bool) -> None:
    parts: Parts = {"ci:source": {"relations": [relation(type_, "target")]}, "ci:target": {}}
    assert ("ci:source" in down(parts, "ci:target")) is reaches_source
    assert ("ci:target" in down(parts, "ci:source")) is reaches_target


def test_one_of_three_may_fail() -> None:
    assert down(CLUSTER, "ci:node-1") == {}
    assert down(CLUSTER, "ci:node-1", "ci:node-3") == {"ci:cluster": 1, "service:shop": 2}
    assert reasons(CLUSTER, "ci:node-1", "ci:node-3") == {
        "ci:cluster": "cluster has 1 of 3 up over has_member, needs 2",
        "service:shop": "shop depends_on cluster",
    }


def test_a_group_that_holds_is_told() -> None:
    found = network(CLUSTER)
    impact = impact_of(found, ["ci:node-2"])
    assert [group_in_words(found, impact, group) for group in impact.weakened] == [
        "cluster has 2 of 3 up over has_member, needs 2"
    ]


def test_without_an_entry_every_member_and_part_is_needed() -> None:
    parts = changed(CLUSTER, "ci:cluster", redundancy=[])
    assert down(parts, "ci:node-2") == {"ci:cluster": 1, "service:shop": 2}
    assert reasons(parts, "ci:node-2")["ci:cluster"] == "cluster has_member node-2"


@pytest.mark.parametrize(
    ("min_up", "may_fail"),
    [(1, 2), (2, 1), (3, 0), (4, 0), ("1%", 2), ("33%", 2), ("34%", 1), ("66%", 1), ("67%", 0), ("100%", 0)],
)
def test_a_share_is_rounded_up(min_up: int | str, may_fail: int) -> None:
    parts = changed(CLUSTER, "ci:cluster", redundancy=[{"over": "has_member", "min_up": min_up}])
    nodes = ["ci:node-1", "ci:node-2", "ci:node-3"]
    assert [number for number in (1, 2, 3) if "ci:cluster" not in down(parts, *nodes[:number])] == [
        *range(1, may_fail + 1)
    ]


@pytest.mark.parametrize("min_up", [True, 0, -1, "0%", "101%", "half", None, [], "\N{ARABIC-INDIC DIGIT ONE}%"])
def test_what_is_no_number_and_no_share_saves_nothing(min_up: object) -> None:
    parts = changed(CLUSTER, "ci:cluster", redundancy=[{"over": "has_member", "min_up": min_up}])
    assert down(parts, "ci:node-1")["ci:cluster"] == 1


@pytest.mark.parametrize(
    "redundancy", ["text", [None, "text", 7], [{"min_up": 1}], [{"over": 7, "min_up": 1}], [{"over": ["ci:x"]}]]
)
def test_entries_out_of_shape_save_nothing(redundancy: object) -> None:
    assert down(changed(CLUSTER, "ci:cluster", redundancy=redundancy), "ci:node-1")["ci:cluster"] == 1


def test_a_member_that_is_not_up_cannot_stand_in() -> None:
    parts = changed(CLUSTER, "ci:node-3", state="maintenance")
    assert down(parts, "ci:node-1") == {"ci:cluster": 1, "service:shop": 2}
    assert reasons(parts, "ci:node-1")["ci:cluster"] == (
        "cluster has 1 of 3 up over has_member, needs 2 (node-3 is in maintenance)"
    )
    assert down(parts, "ci:node-3") == {}
    assert down(parts, "ci:node-1", view="design") == {}
    planned = changed(CLUSTER, "ci:node-3", state="planned")
    assert down(planned, "ci:node-1", view="design") == {"ci:cluster": 1, "service:shop": 2}


def test_a_group_that_has_too_few_up_falls_with_the_next_and_not_before() -> None:
    parts = changed(changed(CLUSTER, "ci:node-3", state="maintenance"), "ci:node-2", state="maintenance")
    assert down({**parts, "ci:other": {}}, "ci:other") == {}
    assert down(parts, "ci:node-1") == {"ci:cluster": 1, "service:shop": 2}


def test_a_group_of_which_none_is_in_use_counts_as_up() -> None:
    parts = {
        address: {**fields, "state": "build"} if ":node" in address else fields for address, fields in CLUSTER.items()
    }
    assert down(parts, "ci:node-1") == {}
    assert "ci:cluster" in down(parts, "ci:node-1", "ci:node-2")


def test_what_is_retired_or_canceled_takes_no_part() -> None:
    parts = changed(CLUSTER, "ci:node-1", state="retired")
    assert down(parts, "ci:node-1") == {}
    assert down(parts, "ci:node-2") == {"ci:cluster": 1, "service:shop": 2}
    assert [len(group.members) for group in network(parts).groups["ci:cluster"]] == [2]
    assert down(changed(CLUSTER, "ci:cluster", state="canceled"), "ci:node-1", "ci:node-2") == {}


def test_a_planned_dependency_carries_failure_all_the_same() -> None:
    parts: Parts = {"ci:app": {"relations": [relation("runs_on", "host")]}, "ci:host": {"state": "planned"}}
    assert down(parts, "ci:host") == {"ci:app": 1}


def test_a_list_makes_a_group_of_what_is_needed_and_adds_no_need() -> None:
    parts: Parts = {
        "service:shop": {
            "depends_on": ["ci:web-1", "ci:web-2", "ci:db"],
            "redundancy": [{"over": ["ci:web-1", "ci:web-2", "ci:other"], "min_up": 1}],
        },
        **{f"ci:{name}": {} for name in ("web-1", "web-2", "db", "other")},
    }
    assert down(parts, "ci:web-1") == down(parts, "ci:other") == {}
    assert down(parts, "ci:db") == {"service:shop": 1}
    assert reasons(parts, "ci:web-1", "ci:web-2") == {"service:shop": "shop has 0 of 2 up over web-1, web-2, needs 1"}


def test_a_second_relation_outside_of_the_group_carries_failure() -> None:
    both = [relation("runs_on", "a"), relation("runs_on", "b"), relation("depends_on", "a")]
    parts: Parts = {
        "ci:app": {"relations": both, "redundancy": [{"over": "runs_on", "min_up": 1}]},
        "ci:a": {},
        "ci:b": {},
    }
    assert down(parts, "ci:a") == {"ci:app": 1}
    assert down(parts, "ci:b") == {}


def test_a_member_by_two_relations_of_one_group_is_one_member() -> None:
    both = [relation("runs_on", "a"), relation("powered_by", "a"), relation("runs_on", "b"), relation("runs_on", "c")]
    entry = {"over": ["ci:a", "ci:b", "ci:c"], "min_up": 2}
    parts: Parts = {"ci:app": {"relations": both, "redundancy": [entry]}, "ci:a": {}, "ci:b": {}, "ci:c": {}}
    assert down(parts, "ci:a") == {}
    assert down(parts, "ci:a", "ci:b") == {"ci:app": 1}


def test_cycles_fall_together_and_no_cycle_falls_by_itself() -> None:
    parts: Parts = {
        "service:a": {"depends_on": ["service:b"]},
        "service:b": {"depends_on": ["service:c"]},
        "service:c": {"depends_on": ["service:a", "ci:x"]},
        "ci:x": {},
        "ci:y": {},
    }
    assert down(parts, "ci:x") == {"service:c": 1, "service:b": 2, "service:a": 3}
    assert down(parts, "service:b") == {"service:a": 1, "service:c": 2}
    assert down(parts, "ci:y") == {}
    assert {address: support.alone for address, support in supports_of(network(parts), "service:a").items()} == {
        "service:b": True,
        "service:c": True,
        "ci:x": True,
    }


def test_links_to_nothing_to_oneself_and_to_aliases() -> None:
    parts: Parts = {
        "service:shop": {"depends_on": ["ci:WEB", "ci:none", "service:shop"]},
        "ci:web-01": {"aliases": ["web"]},
    }
    assert down(parts, "ci:web-01") == {"service:shop": 1}
    assert down(parts, "ci:none", "service:nobody") == {}


def test_long_chains_need_no_recursion() -> None:
    length = 5000
    parts = {f"ci:c{number}": {"relations": [relation("runs_on", f"c{number + 1}")]} for number in range(length)}
    found = network(parts)
    impact = impact_of(found, [f"ci:c{length - 1}"])
    assert len(impact.falls) == length
    assert len(impact.way("ci:c0")) == length
    assert len(lone_causes(found, ["ci:c0"])["ci:c0"]) == length - 1
    assert supports_of(found, "ci:c0")[f"ci:c{length - 1}"].depth == length - 1


def test_a_common_host_takes_down_both_halves() -> None:
    parts: Parts = {
        "service:shop": {"depends_on": ["ci:app"]},
        "ci:app": {
            "relations": [relation("runs_on", "a"), relation("runs_on", "b")],
            "redundancy": [{"over": "runs_on", "min_up": 1}],
        },
        "ci:a": {"relations": [relation("hosted_on", "rack")]},
        "ci:b": {"relations": [relation("hosted_on", "rack")]},
        "ci:rack": {},
    }
    assert lone_causes(network(parts), ["service:shop"]) == {"service:shop": ["ci:app", "ci:rack"]}


@pytest.mark.parametrize("least", range(1, 8))
def test_how_many_of_a_large_group_one_failure_must_take_down(least: int) -> None:
    members = {f"ci:m{number}": {"relations": [relation("member_of", "all")]} for number in range(7)}
    for number in range(5):
        members[f"ci:m{number}"]["relations"].append(relation("hosted_on", "rack"))
    group = {"redundancy": [{"over": "has_member", "min_up": least}]}
    alone = lone_causes(network({**members, "ci:all": group, "ci:rack": {}}), ["ci:all"])["ci:all"]
    # The rack takes five of the seven with it.
    assert alone == [*(members if least == 7 else ()), *(["ci:rack"] if least > 2 else ())]


def test_more_failures_than_one_block_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itsm_as_code.snapshot.lone_causes._BLOCK", 2)
    found = network(changed(CLUSTER, "ci:node-3", state="retired"))
    assert lone_causes(found, ["service:shop", "ci:none"]) == {"service:shop": ["ci:cluster", "ci:node-1", "ci:node-2"]}


def test_the_network_is_worked_out_once_a_snapshot_and_view() -> None:
    snapshot = organisation(CLUSTER)
    assert network_of(snapshot, "now") is network_of(snapshot, "now")
    assert network_of(snapshot, "now") is not network_of(snapshot, "design")


def test_which_names_carry_failure_to_the_record() -> None:
    names = relation_names(organisation(CLUSTER))
    assert names["runs_on"] is names["has_member"] is names["contains"] is names["depends_on"] is True
    assert names["runs"] is names["member_of"] is names["connected_to"] is names["manages"] is False
