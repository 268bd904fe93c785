"""The rules that walk the impact network: what they must leave alone, and the cases beside those on their pages."""

from typing import Any

import pytest

from itsm_as_code.rules.changes import risk_understated
from itsm_as_code.rules.cmdb import impossible_redundancy, single_point_of_failure, tier_inversion
from tests.snapshot.networks import Parts, organisation, relation

CHANGE = "CHG-20260401-aaaa"
TWO = [relation("runs_on", "a"), relation("runs_on", "b")]
ONE_OF_TWO = [{"over": "runs_on", "min_up": 1}]


def redundancy(parts: Parts) -> list[tuple[str, str]]:
    found = impossible_redundancy.check(organisation(parts))
    return [(".".join(map(str, fault.path[1:])), fault.message) for fault in found]


def singles(parts: Parts) -> list[tuple[str, Any, str]]:
    found = single_point_of_failure.check(organisation(parts))
    return [(fault.file.rpartition("/")[2], fault.path[1], fault.message.partition(" this tier")[0]) for fault in found]


def inversions(parts: Parts) -> list[str]:
    return [fault.message for fault in tier_inversion.check(organisation(parts))]


def understated(parts: Parts, **fields: Any) -> list[tuple[Any, str]]:  # noqa: ANN401 - any YAML value
    change = {"state": "scheduled", "cis": ["ci:app"], "outage": {"expected": True}, **fields}
    found = risk_understated.check(organisation({**parts, CHANGE: change}))
    return [(fault.path, fault.message) for fault in found]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("runs_onn", "runs_onn is no relation (did you mean runs_on?)"),
        ("zebra", "zebra is no relation; name one that this record has"),
        ("runs", "along runs no failure reaches this record; name a relation along which it depends on others"),
        (
            "connected_to",
            "along connected_to no failure reaches this record; name a relation along which it depends on others",
        ),
        ("has_member", "this record has no has_member; name a relation that it has, or list the records"),
    ],
)
def test_redundancy_over_nothing(over: str, words: str) -> None:
    parts: Parts = {
        "ci:app": {"relations": TWO, "redundancy": [{"over": over, "min_up": "50%"}]},
        "ci:a": {},
        "ci:b": {},
    }
    assert redundancy(parts) == [("0.over", words)]


def test_members_by_relations_that_others_state() -> None:
    member = {"relations": [relation("member_of", "app")]}
    parts: Parts = {"ci:app": {"redundancy": [{"over": "has_member", "min_up": 2}]}, "ci:a": member, "ci:b": member}
    assert redundancy(parts) == []
    retired = {**parts, "ci:b": {**member, "state": "retired"}}
    assert redundancy(retired) == [
        ("0.min_up", "2 of these must be up, but there is only 1 in use; lower min_up, or add what is missing")
    ]


def test_members_that_are_all_gone() -> None:
    gone = {"relations": [relation("member_of", "app")], "state": "retired"}
    parts: Parts = {"ci:app": {"redundancy": [{"over": "has_member", "min_up": 1}]}, "ci:a": gone}
    assert redundancy(parts) == [
        ("0.over", "no has_member of this record is in use; take the entry out, or bring one back")
    ]


@pytest.mark.parametrize("over", ["runs_on", ["ci:a", "ci:b"]])
def test_dependencies_that_are_broken_or_retired_are_told_elsewhere(over: str | list[str]) -> None:
    app = {"relations": TWO, "redundancy": [{"over": over, "min_up": 2}]}
    assert redundancy({"ci:app": app, "ci:a": {}}) == []
    assert redundancy({"ci:app": app}) == []
    assert redundancy({"ci:app": app, "ci:a": {"state": "retired"}, "ci:b": {}}) == []
    three = {"relations": TWO, "redundancy": [{"over": over, "min_up": 3}]}
    assert [place for place, _ in redundancy({"ci:app": three, "ci:a": {}})] == ["0.min_up"]


def test_listed_records_must_be_needed_and_in_use() -> None:
    entry = {"over": ["ci:a", "ci:b", "ci:c", "ci:none", "ci:app"], "min_up": 1}
    parts: Parts = {
        "ci:app": {"relations": TWO, "redundancy": [entry]},
        "ci:a": {},
        "ci:b": {"state": "retired"},
        "ci:c": {},
    }
    assert redundancy(parts) == [
        ("0.over.2", "ci:c is nothing that this depends on; add it to relations, or take it out here")
    ]


def test_a_retired_record_may_say_anything() -> None:
    assert redundancy({"ci:app": {"state": "retired", "redundancy": [{"over": "zebra", "min_up": 9}]}}) == []


def test_a_better_tier_needs_no_worse_one_unless_another_stands_in() -> None:
    parts: Parts = {
        "service:shop": {"tier": 1, "depends_on": ["service:one", "service:two", "ci:app"]},
        "service:one": {"tier": 2},
        "service:two": {"tier": 1},
        "ci:app": {},
    }
    words = (
        "service:one is tier 2, but this tier 1 service fails with it; give it tier 1, or a second one and redundancy"
    )
    assert inversions(parts) == [words]
    either = {"redundancy": [{"over": ["service:one", "service:two"], "min_up": 1}]}
    assert inversions({**parts, "service:shop": {**parts["service:shop"], **either}}) == []
    assert inversions({**parts, "service:shop": {**parts["service:shop"], "state": "design"}}) == []
    assert inversions({**parts, "service:one": {"tier": 2, "state": "retired"}}) == []


SHOP: Parts = {"service:shop": {"tier": 1, "depends_on": ["ci:app"]}, "ci:a": {}, "ci:b": {}}


def test_a_single_machine_is_told_and_two_are_not() -> None:
    alone = {**SHOP, "ci:app": {"class": "application", "relations": TWO}}
    assert singles(alone) == [("shop.yaml", 0, "a and b each take")]
    assert singles({**alone, "ci:app": {**alone["ci:app"], "redundancy": ONE_OF_TWO}}) == []


def test_what_two_have_in_common_is_told() -> None:
    app = {"class": "application", "relations": TWO, "redundancy": ONE_OF_TWO}
    on_rack = {"relations": [relation("hosted_on", "rack")]}
    parts = {**SHOP, "ci:app": app, "ci:a": on_rack, "ci:b": on_rack, "ci:rack": {"class": "rack"}}
    assert singles(parts) == [("shop.yaml", 0, "rack takes")]


@pytest.mark.parametrize("class_", ["certificate", "managed-service", "database", "facility", "no-such-class"])
def test_what_is_no_machine_is_not_told(class_: str) -> None:
    assert singles({**SHOP, "ci:app": {"class": class_}}) == []


def test_a_machine_made_of_machines_is_not_told_but_one_with_two_feeds_is() -> None:
    cluster = {"class": "cluster", "relations": TWO, "redundancy": ONE_OF_TWO}
    assert singles({**SHOP, "ci:app": cluster}) == []
    fed = [relation("powered_by", "a"), relation("powered_by", "b")]
    server = {"relations": fed, "redundancy": [{"over": "powered_by", "min_up": 1}]}
    assert singles({**SHOP, "ci:app": server}) == [("shop.yaml", 0, "app takes")]


def test_many_machines_are_counted_and_the_nearest_is_named_first() -> None:
    chain = {f"ci:h{number}": {"relations": [relation("hosted_on", f"h{number + 1}")]} for number in range(5)}
    parts: Parts = {**chain, "ci:h5": {}, "service:shop": {"tier": 1, "depends_on": ["ci:h2"]}}
    assert singles(parts) == [("shop.yaml", 0, "h2, h3, h4 and 1 more each take")]


def test_what_another_tier_1_service_tells_is_not_told_again() -> None:
    parts: Parts = {
        "service:shop": {"tier": 1, "depends_on": ["ci:x", "service:base"]},
        "service:base": {"tier": 1, "depends_on": ["ci:x"]},
        "ci:x": {},
    }
    assert singles(parts) == [("base.yaml", 0, "x takes")]
    for other in ({"tier": 2}, {"state": "transition"}):
        weaker = {**parts, "service:base": {**parts["service:base"], **other}}
        assert singles(weaker) == [("shop.yaml", 0, "x takes")]


def test_in_a_circle_of_tier_1_services_somebody_tells() -> None:
    parts: Parts = {
        "service:a": {"tier": 1, "depends_on": ["service:b"]},
        "service:b": {"tier": 1, "depends_on": ["service:a", "ci:x"]},
        "ci:x": {},
    }
    assert ("b.yaml", 1, "x takes") in singles(parts)


LOW = {"impact": "low", "likelihood": "low"}
RISKY: Parts = {**SHOP, "ci:app": {"class": "application"}}


def test_an_estimate_below_the_derived_risk() -> None:
    words = (
        "its estimate gives low, but the risk is high, since an outage is expected, and no redundancy saves the "
        "tier 1 service shop; correct the estimate, or set risk.override to high"
    )
    assert understated(RISKY, risk=LOW) == [(("risk",), words)]


@pytest.mark.parametrize("state", ["new", "assess", "review", "closed", "canceled"])
def test_an_estimate_may_be_low_before_and_after(state: str) -> None:
    assert understated(RISKY, risk=LOW, state=state) == []


def test_a_high_risk_must_be_stated_while_the_change_is_on_its_way() -> None:
    words = (
        "it states no risk, but the risk is high, since an outage is expected, "
        "and no redundancy saves the tier 1 service shop; write it down in risk"
    )
    assert understated(RISKY) == [(("state",), words)]
    assert understated(RISKY, state="assess") == understated(RISKY, state="review") == []
    assert understated(RISKY, outage={"expected": False}) == understated(RISKY, outage={}) == []


def test_what_states_enough_is_left_alone() -> None:
    assert understated(RISKY, risk={"impact": "high", "likelihood": "high"}) == []
    assert understated({**RISKY, "service:shop": {"tier": 3, "depends_on": ["ci:app"]}}, risk=LOW) == []


@pytest.mark.parametrize(("state", "told"), [("new", True), ("scheduled", True), ("closed", False)])
def test_a_lower_override_is_ignored_and_told(state: str, *, told: bool) -> None:
    found = understated(RISKY, risk={**LOW, "override": {"level": "moderate", "reason": "Easy."}}, state=state)
    path = ("risk", "override", "level")
    words = (
        "moderate is ignored: the risk is high, since an outage is expected, and no redundancy saves the tier 1 "
        "service shop; an override may only raise"
    )
    assert found == ([(path, words)] if told else [])


def test_an_override_that_is_enough_is_left_alone() -> None:
    assert understated(RISKY, risk={**LOW, "override": {"level": "high", "reason": "It is the shop."}}) == []
