"""Classes of CIs that freezes, change templates and catalogue items name."""

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

TEAM = {"records/teams/ops.yaml": "name: Operations\n"}


def found(path: str, text: str) -> list[tuple[str, str, str]]:
    """Return rule, field and message of each finding of one record beside its team."""
    findings = lint(load(MemorySource({**TEAM, path: text})))
    return [(finding.rule, finding.field, finding.message) for finding in findings]


def template(state: str) -> str:
    head = f"title: Restart\nowner: team:ops\nversion: 1\nstate: {state}\nreview_on: 2027-01-31\n"
    return f"{head}defaults: {{}}\nallowed: {{classes: [server, sevrer, zebra]}}\n"


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_template_while_it_lives(state: str) -> None:
    expected = [
        ("unknown-class", "allowed.classes[1]", "sevrer is no class of CI (did you mean server or web-server?)"),
        (
            "unknown-class",
            "allowed.classes[2]",
            "zebra is no class of CI; choose another, or add it to ci_classes in itsm.yaml",
        ),
    ]
    told = found("records/change-templates/restart.yaml", template(state))
    assert told == (expected if state == "draft" else [])


@pytest.mark.parametrize(("state", "number"), [("draft", 1), ("active", 1), ("lifted", 0)])
def test_a_freeze_until_it_is_lifted(state: str, number: int) -> None:
    times = "start: 2026-12-20T00:00:00+01:00\nend: 2027-01-03T00:00:00+01:00\n"
    text = f"title: Calm\nlevel: hard\nstate: {state}\n{times}scope: {{classes: [databse, vm]}}\nreason: Holidays.\n"
    told = found("records/freezes/calm.yaml", text)
    assert [finding[:2] for finding in told] == [("unknown-class", "scope.classes[0]")] * number


@pytest.mark.parametrize(("produces", "number"), [("ci", 1), ("asset", 0)])
def test_an_item_that_hands_out_cis_but_not_one_of_assets(produces: str, number: int) -> None:
    step = f"{{id: a, title: Make it, produces: {produces}, class: tablet}}"
    told = found("records/catalog/it.yaml", f"title: A thing\nowner: team:ops\nfulfilment:\n  - {step}\n")
    assert [finding[:2] for finding in told] == [("unknown-class", "fulfilment[0].class")] * number
