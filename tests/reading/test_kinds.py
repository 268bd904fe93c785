"""Kinds: the shipped ones, one more by dropping a schema, and schemas that are none."""

import json
from typing import Any

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.kinds import load_kinds, plain_schema

WIDGET: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Vehicle",
    "description": "A van or a car of the fleet.",
    "type": "object",
    "$ref": "envelope.schema.json",
    "properties": {
        "plate": {"type": "string", "description": "Number plate."},
        "garage": {
            "type": "string",
            "description": "Where it is kept.",
            "x-itsm-link": {"to": ["service"], "reverse": "vehicles"},
        },
    },
    "required": ["title", "plate"],
    "patternProperties": {"^x-": True},
    "unevaluatedProperties": False,
    "x-itsm": {
        "kind": "vehicle",
        "plural": "vehicles",
        "folder": "vehicles",
        "id": "slug",
        "title_field": "title",
        "lifecycle": {
            "states": {
                "bought": {"to": ["driving"], "meaning": "Bought."},
                "driving": {"to": ["sold"], "meaning": "On the road."},
                "sold": {"to": [], "final": True, "meaning": "Sold."},
            }
        },
        "columns": ["state", "plate"],
        "starter": ["garage"],
    },
}


def own(**words: object) -> dict[str, bytes]:
    return {"schemas/vehicle.schema.json": json.dumps({**WIDGET, **words}).encode()}


SIXTEEN = [
    *("asset", "catalog-item", "change", "change-template", "ci", "contract", "freeze", "incident"),
    *("known-error", "licence", "person", "problem", "request", "service", "sla", "team"),
]


def test_the_sixteen_kinds() -> None:
    kinds = load_kinds({})
    assert sorted(kinds) == SIXTEEN
    assert {kind.prefix for kind in kinds.values() if kind.logged} == {"INC", "PRB", "KE", "CHG", "REQ"}
    assert kinds["incident"].initial == "new"
    assert kinds["incident"].states["closed"].final
    assert kinds["incident"].logged
    assert not kinds["person"].states


def test_a_kind_of_ones_own() -> None:
    kind = load_kinds(own())["vehicle"]
    assert kind.initial == "bought"
    assert [link.path for link in kind.links if link.name == "garage"] == [("garage",)]
    assert "visibility" in kind.schema["properties"]
    assert kind.schema["properties"]["state"]["enum"] == ["bought", "driving", "sold"]


def test_plain_schema_has_no_words_of_ours_and_patterns_for_links() -> None:
    kinds = load_kinds({})
    plain = plain_schema(kinds["incident"], kinds)
    assert "x-itsm" not in json.dumps(plain)
    assert plain["properties"]["services"]["items"]["pattern"] == "^(service:.+)$"
    assert plain["properties"]["known_error"]["pattern"] == "^(KE-[0-9a-z-]+)$"
    approval = plain_schema(kinds["catalog-item"], kinds)["properties"]["approvals"]["items"]["properties"]
    assert approval["from"]["pattern"] == "^(team:.+|person:.+|line-manager)$"


def test_plain_schema_knows_the_prefix_of_ones_own_kind() -> None:
    garage = {**WIDGET["properties"]["garage"], "x-itsm-link": {"to": ["vehicle"], "reverse": "towed_by"}}
    words = {**WIDGET["x-itsm"], "id": "process", "prefix": "VEH"}
    kinds = load_kinds(own(properties={**WIDGET["properties"], "garage": garage}, **{"x-itsm": words}))
    assert plain_schema(kinds["vehicle"], kinds)["properties"]["garage"]["pattern"] == "^(VEH-[0-9a-z-]+)$"


@pytest.mark.parametrize(
    ("schemas", "words"),
    [
        ({"schemas/vehicle.schema.json": b"{"}, "not JSON"),
        ({"schemas/vehicle.schema.json": b"[]"}, "is an object"),
        ({"schemas/vehicle.schema.json": b"{}"}, "is missing"),
        ({"schemas/envelope.schema.json": b"{}"}, "is missing"),
        ({"schemas/vehicle.schema.json": b'{"title": "A", "title": "B"}'}, "title is given twice"),
        ({"schemas/vehicle.schema.json": "{}".encode("utf-16")}, "not UTF-8"),
        ({"schemas/vehicle.schema.json": b"[" * 100_000}, "deep"),
        (own(properties={"a": {"$ref": "https://example.org/x.json", "description": "Elsewhere."}}), "$ref"),
        (own(properties={"a": {"$ref": "#/$defs/nowhere", "description": "Nowhere."}}), "leads nowhere"),
        (own(**{"x-itsm": {**WIDGET["x-itsm"], "folder": "incidents"}}), "folder incidents"),
        (own(**{"x-itsm": {**WIDGET["x-itsm"], "colour": "red"}}), "colour"),
        (
            own(**{"x-itsm": {**WIDGET["x-itsm"], "lifecycle": {"states": {"a": {"to": ["b"], "meaning": "A."}}}}}),
            "b is not a state",
        ),
        (own(required="title"), "required"),
        (own(required=["title", "palte"]), "there is no field palte (did you mean plate?)"),
        (
            own(properties={**WIDGET["properties"], "a": {"type": "string", "pattern": "(", "description": "A."}}),
            "regular",
        ),
        (
            own(
                properties={**WIDGET["properties"], "a": {"$ref": "#/$defs/a", "description": "A."}},
                **{"$defs": {"a": {"$ref": "#/$defs/a", "description": "A."}}},
            ),
            "leads back to itself",
        ),
        (own(**{"$defs": {"time": {"type": "string", "description": "T."}}}), "choose another"),
        (own(**{"x-itsm": {**WIDGET["x-itsm"], "kind": "van"}}), "van is van.schema.json"),
        (own(**{"x-itsm": {**WIDGET["x-itsm"], "columns": ["colour"]}}), "there is no field colour"),
        (
            own(
                properties={
                    "garage": {"type": "string", "description": "G."},
                    "plate": {"type": "string", "description": "P.", "x-itsm-link": {"to": ["servce"], "reverse": "x"}},
                }
            ),
            "there is no kind servce (did you mean service?)",
        ),
        (
            own(
                properties={
                    "plate": json.loads('{"type": "array", "description": "x", "items":' * 400 + "{}" + "}" * 400)
                }
            ),
            "schemas/vehicle",
        ),
    ],
)
def test_a_schema_that_is_no_kind_is_one_line(schemas: dict[str, bytes], words: str) -> None:
    with pytest.raises(ItsmError) as raised:
        load_kinds(schemas)
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["baseline", "findings", "import-map", "itsm"])
def test_an_older_copy_of_what_ships_and_is_no_kind_changes_nothing(name: str) -> None:
    assert load_kinds({f"schemas/{name}.schema.json": b'{"title": "older"}'}) == load_kinds({})
