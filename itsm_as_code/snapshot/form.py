"""Forms: the questions of a catalogue item as a JSON Schema that a request's answers must keep to."""

from collections.abc import Mapping
from typing import Any

from itsm_as_code.model.record import Record

_LINE = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "pattern": "^[^\\n\\r]*$",
    "x-itsm-message": "write it on one line, in 1 to 200 characters",
}
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "string": _LINE,
    "text": {"type": "string", "minLength": 1},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "choice": {"type": "string"},
}


def compile_form(item: Record) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the answers to the form of a valid catalogue item.

    It is closed: an answer to no question is an error. An item without a form takes no answers. Answers that name
    a record carry `x-itsm-link`. Of questions of one name the first counts.
    """
    properties: dict[str, Any] = {}
    required: list[str] = []
    for question in item.mappings("form"):
        name = question["name"]
        if name in properties:
            continue
        properties[name] = _answer(question)
        if question.get("required") is True:
            required.append(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": item.title,
        "description": f"Answers to the form of {item.address}.",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of the answer to one question."""
    type_ = question["type"]
    words: dict[str, Any] = {"title": question["label"]}
    if type_ in _TYPES:
        words |= _TYPES[type_]
    else:
        words |= {"type": "string", "x-itsm-link": {"to": [type_], "reverse": "answers"}}
    if type_ == "choice":
        words["enum"] = list(question["options"])
    return words
