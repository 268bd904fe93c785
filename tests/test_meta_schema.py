"""The meta-schema: which kind schemas it accepts and refuses."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from itsm_as_code import resources

META = Draft202012Validator(json.loads((resources.schemas() / "kind.meta.json").read_bytes()))


def _own_kind(**words: object) -> dict[str, Any]:
    """Return the smallest kind that an organisation may add, with some of its words replaced."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Supplier",
        "description": "Somebody we buy from.",
        "type": "object",
        "$ref": "envelope.schema.json",
        "properties": {"rating": {"type": "integer", "description": "How content we are, 1 to 5."}},
        "required": ["title"],
        "unevaluatedProperties": False,
        "patternProperties": {"^x-": True},
        "x-itsm": {
            "kind": "supplier",
            "plural": "suppliers",
            "folder": "suppliers",
            "id": "slug",
            "title_field": "title",
        },
    } | words


def _own_field(**words: object) -> dict[str, Any]:
    return _own_kind(properties={"rating": {"description": "How content we are."} | words})


def _own_words(**words: object) -> dict[str, Any]:
    return _own_kind(**{"x-itsm": _own_kind()["x-itsm"] | words})


GOOD_KINDS = {
    "smallest": _own_kind(),
    "process": _own_words(id="process", prefix="SUP"),
    "link": _own_field(type="string", **{"x-itsm-link": {"to": [], "reverse": "suppliers", "named_by": "type"}}),
    "shape of its own": _own_field(**{"$ref": "#/$defs/stars"})
    | {"$defs": {"stars": {"type": "integer", "minimum": 1}}},
    "fields that come together": _own_kind(dependentRequired={"rating": ["owner"]}),
    "condition": _own_kind(allOf=[{"if": {"required": ["rating"]}, "then": {"required": ["owner"]}}]),
    "lifecycle": _own_words(
        lifecycle={
            "states": {
                "active": {"to": ["ended"], "meaning": "Yes."},
                "ended": {"to": [], "final": True, "meaning": "No."},
            }
        }
    ),
}
BAD_KINDS = {
    "field without description": _own_kind(properties={"rating": {"type": "integer"}}),
    "field that is anything": _own_kind(properties={"rating": True}),
    "field with capitals": _own_kind(properties={"Rating": {"type": "integer", "description": "How content we are."}}),
    "floating number": _own_field(type="number"),
    "unknown word": _own_field(type="string", minLenght=3),
    "unknown format": _own_field(type="string", format="ipv4"),
    "foreign reference": _own_field(**{"$ref": "https://example.com/stars.json"}),
    "reference to another kind": _own_field(**{"$ref": "incident.schema.json#/properties/impact"}),
    "reference out of the envelope": _own_field(**{"$ref": "envelope.schema.json#/properties/title"}),
    "link without inverse": _own_field(type="string", **{"x-itsm-link": {"to": ["team"]}}),
    "link with an unknown word": _own_field(
        type="string", **{"x-itsm-link": {"to": ["team"], "reverse": "r", "many": True}}
    ),
    "other fields allowed": _own_kind(unevaluatedProperties=True),
    "other free fields": _own_kind(patternProperties={"^y-": True}),
    "other base": _own_kind(**{"$ref": "base.schema.json"}),
    "older draft": _own_kind(**{"$schema": "http://json-schema.org/draft-07/schema#"}),
    "unknown root word": _own_kind(definitions={}),
    "prefix of a slug": _own_words(prefix="SUP"),
    "process without prefix": _own_words(id="process"),
    "prefix in lower case": _own_words(id="process", prefix="sup"),
    "unknown id form": _own_words(id="number"),
    "folder outside": _own_words(folder="../suppliers"),
    "unknown word of ours": _own_words(icon="truck"),
    "state that leads nowhere said": _own_words(lifecycle={"states": {"active": {"meaning": "Yes."}}}),
    "lifecycle without states": _own_words(lifecycle={"logged": True, "states": {}}),
}


@pytest.mark.parametrize("document", GOOD_KINDS.values(), ids=GOOD_KINDS)
def test_the_meta_schema_accepts(document: dict[str, Any]) -> None:
    assert [error.message for error in META.iter_errors(document)] == []


@pytest.mark.parametrize("document", BAD_KINDS.values(), ids=BAD_KINDS)
def test_the_meta_schema_refuses(document: dict[str, Any]) -> None:
    assert not META.is_valid(document)
