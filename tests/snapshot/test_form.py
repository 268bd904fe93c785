"""Forms compiled to JSON Schema."""

from jsonschema import Draft202012Validator

from itsm_as_code.reading.kinds import load_kinds, plain
from itsm_as_code.snapshot.form import compile_form
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource

ITEM = """\
title: Laptop
owner: team:it
form:
  - {name: model, label: Which model?, type: choice, required: true, options: [standard, "14"]}
  - {name: note, label: Anything else?, type: text}
  - {name: name, label: How is it called?, type: string, required: false}
  - {name: day, label: By which day?, type: date}
  - {name: screen, label: A screen?, type: boolean}
  - {name: screens, label: How many?, type: integer, required: true}
  - {name: buddy, label: Who helps?, type: person}
"""


def schema(item: str = ITEM) -> dict[str, object]:
    return compile_form(load(MemorySource({"records/catalog/laptop.yaml": item})).records["catalog-item:laptop"])


def test_a_form_is_json_schema_for_portals() -> None:
    compiled = plain(schema(), load_kinds({}))
    Draft202012Validator.check_schema(compiled)
    assert compiled == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Laptop",
        "description": "Answers to the form of catalog-item:laptop.",
        "type": "object",
        "properties": {
            "model": {"title": "Which model?", "type": "string", "enum": ["standard", "14"]},
            "note": {"title": "Anything else?", "type": "string", "minLength": 1},
            "name": {
                "title": "How is it called?",
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "pattern": "^[^\\n\\r]*$",
            },
            "day": {"title": "By which day?", "type": "string", "format": "date"},
            "screen": {"title": "A screen?", "type": "boolean"},
            "screens": {"title": "How many?", "type": "integer"},
            "buddy": {"title": "Who helps?", "type": "string", "pattern": "^(person:.+)$"},
        },
        "required": ["model", "screens"],
        "additionalProperties": False,
    }


def test_a_form_says_which_answers_are_links() -> None:
    properties = schema()["properties"]
    assert isinstance(properties, dict)
    assert properties["buddy"]["x-itsm-link"] == {"to": ["person"], "reverse": "answers"}


def test_an_item_without_a_form_takes_nothing() -> None:
    validator = Draft202012Validator(schema("title: Laptop\nowner: team:it\n"))
    assert validator.is_valid({})
    assert not validator.is_valid({"model": "standard"})
