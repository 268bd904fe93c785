"""Requests' answers against the forms of their items: what is found, where, in which words."""

import json
from collections.abc import Mapping

import pytest

from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

REQUEST = "records/requests/2026/REQ-20260304-k7qz.yaml"
ITEM = "records/catalog/laptop.yaml"
FORM = """\
form:
  - {name: model, label: Which model?, type: choice, required: true, options: [standard, workstation]}
  - {name: reason, label: What for?, type: text}
  - {name: day, label: By which day?, type: date}
  - {name: screen, label: A screen?, type: boolean}
  - {name: screens, label: How many?, type: integer}
  - {name: centre, label: Cost centre?, type: string, required: true}
  - {name: buddy, label: Who helps?, type: person}
  - {name: old, label: Which one goes?, type: asset}
  - {name: dock, label: Where?, type: ci}
"""
FILES = {
    "records/teams/it.yaml": "name: Workplace\n",
    "records/people/dana.yaml": "name: Dana Novak\naliases: [dnovak]\n",
    "records/assets/LT-0001.yaml": "title: Laptop 1\n",
    "records/cis/dock-01.yaml": "title: Dock\nclass: server\nowner: team:it\n",
    ITEM: f"title: Laptop\nstate: active\nowner: team:it\n{FORM}",
}


def request(answers: str, *, state: str = "", item: str = "catalog-item:laptop") -> str:
    entries = ["{at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}"]
    if state:
        entries.append(f"{{at: 2026-03-04T09:00:00+01:00, by: person:dana, type: transition, to: {state}}}")
    lines = "".join(f"  - {entry}\n" for entry in entries)
    written = f"state: {state}\n" if state else ""
    return f"title: A laptop\nitem: {item}\nrequested_by: person:dana\n{written}{answers}timeline:\n{lines}"


def found(answers: str, files: Mapping[str, str] | None = None, *, state: str = "") -> list[tuple[str, int, str]]:
    """Return field, line and message of each fault of the answers."""
    source = MemorySource({**FILES, **(files or {}), REQUEST: request(answers, state=state)})
    findings = [finding for finding in lint(load(source)) if finding.place.file == REQUEST]
    assert {finding.rule for finding in findings} <= {"invalid-answers"}
    return [(finding.field, finding.place.line, finding.message) for finding in findings]


def test_answers_as_the_form_asks_are_good() -> None:
    answers = {
        "model": "standard",
        "reason": "Work.\nAnd *play*.",
        "day": "2026-03-09",
        "screen": False,
        "screens": 2,
        "centre": "4711",
        "buddy": "person:dana",
        "old": "asset:LT-0001",
        "dock": "ci:dock-01",
    }
    assert found(f"answers: {json.dumps(answers)}\n") == []


@pytest.mark.parametrize(
    ("answer", "field", "message"),
    [
        ("model: standrad", "model", "standrad is not one of standard, workstation (did you mean standard?)"),
        ("model: 14", "model", 'must be text, is the number 14; put it in quotes: "14"'),
        ("day: soon", "day", "soon is not a date such as 2026-03-04"),
        ("day: 2026-02-30", "day", "2026-02-30 is no day of the calendar; write a date such as 2026-03-04"),
        ("screen: yes", "screen", "must be true or false, is the text yes; write true"),
        ("screens: two", "screens", "must be a whole number, is the text two"),
        ("screens: true", "screens", "must be a whole number, is true"),
        ('centre: "a\\nb"', "centre", "a\\nb is not in the right form; write it on one line, in 1 to 200 characters"),
        ('reason: ""', "reason", "reason is empty; write at least 1 character"),
        ("bddy: person:dana", "bddy", "the form asks nothing called bddy (did you mean buddy?)"),
        ("buddy: person:dna", "buddy", "person:dna is no person that exists (did you mean person:dana?)"),
        ("buddy: person:dnovak", "buddy", "person:dnovak is no person that exists (did you mean person:dana?)"),
        ("buddy: team:it", "buddy", "team:it is no person that exists; write a person's address, e.g. person:NAME"),
        ("old: LT-0001", "old", "LT-0001 is no asset that exists (did you mean asset:LT-0001?)"),
        ("dock: ci:dock-02", "dock", "ci:dock-02 is no ci that exists (did you mean ci:dock-01?)"),
    ],
)
def test_a_wrong_answer_is_told_at_its_place(answer: str, field: str, message: str) -> None:
    rest = {"model": "standard", "centre": "4711"}
    rest.pop(field, None)
    lines = "".join(f"  {name}: '{text}'\n" for name, text in rest.items())
    assert found(f"answers:\n  {answer}\n{lines}") == [(f"answers.{field}", 5, message)]


def test_missing_answers_are_told_where_they_belong() -> None:
    missing = "catalog-item:laptop asks for model and centre; write answers: {model: …, centre: …}"
    assert found("") == [("item", 2, missing)]
    assert found("answers: {}\n") == [("answers", 4, missing)]
    assert found("answers: {day: 2026-03-09, model: standard}\n") == [
        ("answers.centre", 4, "centre is missing; add it")
    ]
    assert found("answers: {centre: x}\n") == [("answers.model", 4, "model is missing; write standard or workstation")]


def test_a_misspelt_answer_is_told_once() -> None:
    assert found("answers: {modle: standard, centre: x}\n") == [
        ("answers.modle", 4, "the form asks nothing called modle (did you mean model?)")
    ]


def test_an_item_without_a_form_takes_no_answers() -> None:
    plain = {ITEM: "title: Laptop\nstate: active\nowner: team:it\n"}
    assert found("", plain) == []
    assert found("answers: {}\n", plain) == []
    message = "catalog-item:laptop asks nothing; delete the answers, or add the questions to its form"
    assert found("answers: {model: x}\n", plain) == [("answers", 4, message)]


@pytest.mark.parametrize("state", ["canceled"])
def test_requests_whose_life_is_over_are_left_alone(state: str) -> None:
    assert found("answers: {modle: standard}\n", state=state) == []


@pytest.mark.parametrize("item", ["title: Laptop\n", "title: Laptop\nowner: team:it\nform: 7\n", "["])
def test_an_item_that_cannot_be_read_asks_nothing(item: str) -> None:
    assert found("answers: {modle: standard}\n", {ITEM: item}) == []


def test_an_item_by_its_alias_is_the_item() -> None:
    files = {
        **FILES,
        ITEM: f"{FILES[ITEM]}aliases: [notebook]\n",
        REQUEST: request("answers: {centre: x}\n", item="catalog-item:notebook"),
    }
    findings = {finding.rule for finding in lint(load(MemorySource(files))) if finding.place.file == REQUEST}
    assert findings == {"alias-link", "invalid-answers"}


def test_of_two_questions_of_one_name_the_first_counts() -> None:
    form = "form:\n  - {name: size, label: A?, type: integer}\n  - {name: size, label: B?, type: boolean}\n"
    item = {ITEM: f"title: Laptop\nstate: active\nowner: team:it\n{form}"}
    assert found("answers: {size: 3}\n", item) == []
    assert found("answers: {size: true}\n", item) == [("answers.size", 4, "must be a whole number, is true")]
    files = {**FILES, **item}
    (finding,) = [each for each in lint(load(MemorySource(files))) if each.place.file == ITEM]
    assert (finding.rule, finding.field, finding.place.line) == ("duplicate-question", "form[1].name", 6)
