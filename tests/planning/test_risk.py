"""The derived risk of a change: each contribution by itself, the highest of them, and overrides."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.planning.risk import LEVELS, Level, Risk, highest, risk_of
from tests.snapshot.networks import Parts, organisation, organisations, relation

CHANGE = "CHG-20260401-aaaa"
PAIR: Parts = {
    "service:shop": {"depends_on": ["ci:app"], "tier": 1},
    "service:blog": {"depends_on": ["ci:web-2"], "tier": 3},
    "ci:app": {
        "relations": [relation("runs_on", "web-1"), relation("runs_on", "web-2")],
        "redundancy": [{"over": "runs_on", "min_up": 1}],
    },
    "ci:web-1": {},
    "ci:web-2": {},
    "ci:alone": {},
}
ESTIMATE = {"impact": "low", "likelihood": "low"}


def risk(parts: Parts = PAIR, **fields: Any) -> Risk:  # noqa: ANN401 - any YAML value
    """Return the risk of a change with these fields."""
    snapshot = organisation({**parts, CHANGE: {"risk": ESTIMATE, **fields}})
    return risk_of(snapshot.records[CHANGE], snapshot)


def heard(found: Risk) -> list[tuple[str, str]]:
    return [(contribution.source, contribution.level) for contribution in found.contributions]


@pytest.mark.parametrize(
    ("impact", "likelihood", "level"),
    [("low", "low", "low"), ("medium", "medium", "moderate"), ("high", "medium", "high")],
)
def test_the_estimate_goes_through_the_matrix(impact: str, likelihood: str, level: Level) -> None:
    found = risk(cis=["ci:alone"], risk={"impact": impact, "likelihood": likelihood})
    assert (found.level, found.derived, found.stated) == (level, level, level)
    assert heard(found) == [("matrix", level)]
    assert found.contributions[0].words == f"impact is {impact} and likelihood {likelihood}"


def test_nothing_stated_and_nothing_reached_is_low() -> None:
    found = risk(cis=["ci:alone"], risk=None)
    assert (found.level, found.stated, found.contributions, found.services) == ("low", None, (), ())


def test_a_tier_1_service_that_redundancy_saves_makes_it_moderate() -> None:
    found = risk(cis=["ci:web-1"], outage={"expected": True})
    assert (found.services, found.down) == (("service:shop",), ())
    assert heard(found) == [("matrix", "low"), ("tier-1", "moderate")]
    assert found.level == "moderate"


def test_a_tier_1_service_without_redundancy_is_high_where_an_outage_is_expected() -> None:
    quiet = risk(cis=["ci:app"], outage={"expected": False})
    assert (quiet.down, quiet.level) == (("service:shop",), "moderate")
    loud = risk(cis=["ci:app"], outage={"expected": True})
    assert heard(loud) == [("matrix", "low"), ("tier-1", "moderate"), ("tier-1-down", "high")]
    assert loud.contributions[2].words == "an outage is expected, and no redundancy saves the tier 1 service shop"
    assert loud.contributions[2].records == ("service:shop",)


def test_both_halves_at_once_are_without_redundancy() -> None:
    found = risk(cis=["ci:web-1", "ci:web-2"], outage={"expected": True})
    assert (found.down, found.level) == (("service:blog", "service:shop"), "high")


def test_a_machine_in_maintenance_counts_as_up_for_a_risk() -> None:
    parts = {**PAIR, "ci:web-2": {"state": "maintenance"}}
    assert risk(parts, cis=["ci:web-1"], outage={"expected": True}).level == "moderate"


def test_a_service_that_is_named_goes_down_unless_the_outage_names_others() -> None:
    named = risk(cis=["ci:web-2"], services=["service:shop"], outage={"expected": True})
    assert (named.down, named.level) == (("service:blog", "service:shop"), "high")
    other = risk(cis=["ci:web-2"], services=["service:shop"], outage={"expected": True, "services": ["service:blog"]})
    assert (other.services, other.down) == (("service:blog", "service:shop"), ("service:blog",))
    assert other.level == "moderate"


def test_more_than_ten_services_make_it_moderate() -> None:
    many: Parts = {f"service:s{number:02}": {"depends_on": ["ci:core"], "tier": 4} for number in range(11)}
    parts: Parts = {**many, "ci:core": {}}
    found = risk(parts, cis=["ci:core"])
    assert heard(found) == [("matrix", "low"), ("breadth", "moderate")]
    assert found.contributions[1].words == "it touches 11 services, more than 10"
    ten = {address: fields for address, fields in parts.items() if address != "service:s10"}
    assert risk(ten, cis=["ci:core"]).level == "low"


def test_the_words_name_a_few_services() -> None:
    parts: Parts = {f"service:s{number}": {"depends_on": ["ci:core"], "tier": 1} for number in range(4)}
    assert risk({**parts, "ci:core": {}}, cis=["ci:core"]).contributions[1].words == (
        "it touches 4 tier 1 services: s0, s1, s2, …"
    )
    two = {address: parts[address] for address in ("service:s0", "service:s1")}
    assert (
        risk({**two, "ci:core": {}}, cis=["ci:core"]).contributions[1].words == "it touches 2 tier 1 services: s0, s1"
    )


def test_an_override_raises_and_never_lowers() -> None:
    raised = risk(cis=["ci:alone"], risk={**ESTIMATE, "override": {"level": "high", "reason": "First\ntime."}})
    assert (raised.level, raised.derived, raised.stated) == ("high", "low", "low")
    assert raised.contributions[-1].words == "set by hand: First time."
    lowered = risk(cis=["ci:web-1"], risk={**ESTIMATE, "override": {"level": "low", "reason": "Easy."}})
    assert (lowered.level, lowered.derived) == ("moderate", "moderate")
    assert not lowered.contributions[-1].counts
    assert "is ignored" in lowered.contributions[-1].words


def test_retired_and_unknown_records_take_no_part() -> None:
    parts = {**PAIR, "ci:app": {**PAIR["ci:app"], "state": "retired"}}
    assert risk(parts, cis=["ci:app", "ci:none"], services=["service:none"], outage={"expected": True}).services == ()


@pytest.mark.parametrize(
    "broken", [7, [], {"impact": 1, "likelihood": []}, {"override": {"level": ["low"]}}, {"override": 7}]
)
def test_a_risk_out_of_shape_states_nothing(broken: object) -> None:
    assert risk(cis=["ci:alone"], risk=broken).stated is None


@given(organisations(), st.data())
def test_it_is_the_highest_of_what_contributes_and_down_is_within_reach(parts: Parts, data: st.DataObject) -> None:
    named = data.draw(st.lists(st.sampled_from(sorted(parts)), min_size=1, unique=True))
    fields: dict[str, Any] = {
        "cis": [address for address in named if address.startswith("ci:")],
        "services": [address for address in named if address.startswith("service:")],
        "outage": {"expected": data.draw(st.booleans())},
        "risk": {
            "impact": data.draw(st.sampled_from(["low", "medium", "high"])),
            "likelihood": data.draw(st.sampled_from(["low", "medium", "high"])),
            "override": {"level": data.draw(st.sampled_from(LEVELS)), "reason": "It is."},
        },
    }
    top = {address: {**fields, "tier": 1} for address, fields in parts.items()}
    snapshot = organisation({**top, CHANGE: fields})
    found = risk_of(snapshot.records[CHANGE], snapshot)
    brief = risk_of(snapshot.records[CHANGE], snapshot, with_down=False)
    assert (brief.contributions, brief.services) == (found.contributions, found.services)
    assert set(found.down) <= set(found.services)
    assert found.level == highest(contribution.level for contribution in found.contributions if contribution.counts)
    assert LEVELS.index(found.level) >= LEVELS.index(found.derived)


def test_the_highest_of_none_is_low() -> None:
    assert highest([]) == "low"


def test_what_a_change_names_otherwise_is_resolved() -> None:
    snapshot = organisation({**PAIR, CHANGE: {"cis": ["ci:WEB-1"]}})
    assert risk_of(snapshot.records[CHANGE], snapshot).services == ("service:shop",)
