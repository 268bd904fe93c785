"""Forms, conditions and steps of catalogue items: what can never hold or begin, and what is left alone."""

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

ITEM = "records/catalog/laptop.yaml"
FORM = """\
form:
  - {name: model, label: Which?, type: choice, required: true, options: [standard, workstation]}
  - {name: count, label: How many?, type: integer}
  - {name: day, label: When?, type: date}
  - {name: abroad, label: Abroad?, type: boolean, required: true}
"""


def found(body: str, state: str = "active") -> list[tuple[str, str, str]]:
    """Return rule, field and message of each finding of an item."""
    files = {
        "records/teams/it.yaml": "name: Workplace\n",
        ITEM: f"title: Laptop\nstate: {state}\nowner: team:it\n{body}",
    }
    return [(finding.rule, finding.field, finding.message) for finding in lint(load(MemorySource(files)))]


def approvals(when: str) -> str:
    return f"{FORM}approvals:\n  - {{from: line-manager, when: {when}}}\n"


@pytest.mark.parametrize(
    "when", ["{model: standard}", "{abroad: true}", "{count: 3, model: workstation}", "{day: 2026-03-04}"]
)
def test_conditions_that_can_hold_are_good(when: str) -> None:
    assert found(approvals(when)) == []


@pytest.mark.parametrize(
    ("when", "field", "message"),
    [
        ("{modle: standard}", "modle", "the form asks nothing called modle (did you mean model?), so this never holds"),
        (
            "{model: standrad}",
            "model",
            "standrad is not one of standard, workstation (did you mean standard?); so this never holds",
        ),
        ("{abroad: sure}", "abroad", "must be true or false, is the text sure; so this never holds"),
        ("{count: many}", "count", "must be a whole number, is the text many; so this never holds"),
        ("{day: soon}", "day", "soon is not a date such as 2026-03-04; so this never holds"),
    ],
)
def test_conditions_that_cannot_hold(when: str, field: str, message: str) -> None:
    assert found(approvals(when)) == [("impossible-condition", f"approvals[0].when.{field}", message)]


def test_a_condition_of_an_item_without_a_form_never_holds() -> None:
    body = "approvals: [{from: team:it, when: {model: standard}}]\n"
    assert [(rule, field) for rule, field, _ in found(body)] == [("impossible-condition", "approvals[0].when.model")]
    assert found(body, "retired") == []


def steps(*needs: str) -> str:
    lines = "".join(f"  - {{id: s{number}, title: Do it, needs: [{need}]}}\n" for number, need in enumerate(needs))
    return f"fulfilment:\n{lines}"


@pytest.mark.parametrize("needs", [("", "s0", "s0", "s1, s2"), ("s1", "s2", "")])
def test_steps_in_any_order_of_the_file_are_good(needs: tuple[str, ...]) -> None:
    assert found(steps(*needs)) == []


def test_steps_that_wait_for_ever() -> None:
    assert found(steps("", "s9")) == [
        ("impossible-order", "fulfilment[1].needs[0]", "there is no step s9; the item's steps are s0 and s1")
    ]
    assert found(steps("s0")) == [
        ("impossible-order", "fulfilment[0].needs[0]", "step s0 waits for itself; take out this need")
    ]
    assert found(steps("", "s3", "s1", "s2")) == [
        (
            "impossible-order",
            "fulfilment[1].needs[0]",
            "steps wait for each other: s1 needs s3 needs s2 needs s1; take out one of these needs",
        )
    ]
    assert len(found(steps("s1", "s0", "s3", "s2"))) == 2
    assert found(steps("s1", "s0"), "retired") == []


def test_each_step_that_bears_the_id_of_another_is_told() -> None:
    body = "fulfilment:\n" + "".join(f"  - {{id: {id_}, title: Do it}}\n" for id_ in ("a", "b", "a", "a"))
    words = "another step is called a already; give this one an id of its own"
    assert found(body) == [("impossible-order", f"fulfilment[{number}].id", words) for number in (2, 3)]
    assert found(body, "retired") == []


def test_bundles_that_include_each_other_are_told_once() -> None:
    files = {"records/teams/it.yaml": "name: Workplace\n"}
    for name, part in (("all", "desk"), ("desk", "lamp"), ("lamp", "all")):
        files[f"records/catalog/{name}.yaml"] = f"title: Item\nowner: team:it\nincludes: [catalog-item:{part}]\n"
    way = "catalog-item:all → catalog-item:desk → catalog-item:lamp → catalog-item:all"
    assert [(finding.rule, finding.message) for finding in lint(load(MemorySource(files)))] == [
        ("circular-dependency", f"these include each other: {way}; check that each link is meant")
    ]
