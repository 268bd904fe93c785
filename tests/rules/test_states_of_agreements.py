"""The states in which the clock of an agreement stands still: which are told, and with what advice."""

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

STATES = "submitted, awaiting-approval, approved, in-fulfilment, on-hold, fulfilled, closed, rejected and canceled"


def found(applies_to: str, pause_on: str) -> list[tuple[str, str, str]]:
    text = f"title: Fast\ntype: sla\napplies_to: {applies_to}\ntargets: {{response: PT1H}}\npause_on: {pause_on}\n"
    snapshot = load(MemorySource({"records/slas/fast.yaml": text}))
    return [(finding.rule, finding.field, finding.message) for finding in lint(snapshot)]


@pytest.mark.parametrize(
    ("applies_to", "pause_on"),
    [("incident", "[on-hold]"), ("request", "[on-hold, awaiting-approval]"), ("change", "[]"), ("problem", "[assess]")],
)
def test_states_of_the_kind_are_good(applies_to: str, pause_on: str) -> None:
    assert found(applies_to, pause_on) == []


def test_each_state_that_the_kind_does_not_have_is_told() -> None:
    assert found("incident", "[on-hold, none, onhold]") == [
        (
            "unknown-state",
            "pause_on[1]",
            "none is no state of incidents; those are new, in-progress, on-hold, resolved, closed and canceled",
        ),
        ("unknown-state", "pause_on[2]", "onhold is no state of incidents (did you mean on-hold?)"),
    ]
    assert found("request", "[waiting]") == [
        ("unknown-state", "pause_on[0]", f"waiting is no state of requests; those are {STATES}")
    ]
