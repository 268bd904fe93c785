"""The reference of kinds: what a page says, and that docs/kinds/ is what the schemas say."""

import json
from pathlib import Path
from typing import Any

import pytest

from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.kinds import load_kinds, shipped_envelope
from itsm_as_code.reporters.kind_page import Reference, kind_page
from itsm_as_code.reporters.kind_reference import kind_reference
from itsm_as_code.reporters.kind_states import state_diagram

COMMITTED = Path(__file__).parents[2] / "docs" / "kinds"
KINDS = load_kinds({})
COMMON = tuple(shipped_envelope()["properties"])
PAGES = kind_reference(KINDS, shipped_envelope())
OWN: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Vehicle",
    "description": "A van or a car of the fleet.",
    "type": "object",
    "$ref": "envelope.schema.json",
    "properties": {
        "plate": {"type": "string", "description": "Number plate | as painted."},
        "keys": {
            "type": "array",
            "description": "Who has a key.",
            "items": {
                "type": "object",
                "properties": {
                    "with": {
                        "type": "string",
                        "description": "Who.",
                        "x-itsm-link": {"to": ["person"], "reverse": "keys", "unless": ["nobody"]},
                    },
                    "count": {"type": "integer", "minimum": 1, "maximum": 3, "description": "How many."},
                },
                "required": ["with"],
                "additionalProperties": False,
            },
        },
        "insured": {"$ref": "envelope.schema.json#/$defs/term", "description": "From when to when."},
    },
    "required": ["title", "plate"],
    "allOf": [{"anyOf": [{"required": ["keys"]}, {"required": ["owner"]}], "x-itsm-message": "say who can drive it"}],
    "patternProperties": {"^x-": True},
    "unevaluatedProperties": False,
    "examples": [{"id": "van-7", "title": "Van 7", "plate": "ZH 123", "owner": "team:depot"}],
    "x-itsm": {
        "kind": "vehicle",
        "plural": "vehicles",
        "folder": "vehicles",
        "id": "slug",
        "title_field": "title",
        "lifecycle": {
            "states": {
                "on-order": {"to": ["driving"], "meaning": "Not here yet."},
                "driving": {"to": ["sold"], "needs": ["keys"], "meaning": "On the road."},
                "sold": {"to": [], "final": True, "meaning": "Gone."},
            }
        },
    },
}


def own_kinds() -> dict[str, Kind]:
    return load_kinds({"schemas/vehicle.schema.json": json.dumps(OWN).encode()})


def test_committed_pages_are_the_generated_ones() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.md")}
    assert committed == dict(PAGES), "run: make reference"


def test_every_kind_has_a_page_that_the_index_leads_to() -> None:
    assert set(PAGES) == {"README.md", *(f"{name}.md" for name in KINDS)}
    for name in KINDS:
        assert f"| [{name}]({name}.md) |" in PAGES["README.md"]


@pytest.mark.parametrize("name", KINDS)
def test_a_page_tells_every_field_and_every_state(name: str) -> None:
    kind, page = KINDS[name], PAGES[f"{name}.md"]
    assert [field for field in kind.schema["properties"] if f"`{field}`" not in page] == []
    assert [state for state in kind.states if f"| `{state}`" not in page] == []
    assert ("stateDiagram-v2" in page) == bool(kind.states)
    assert "## Example\n\n```yaml\n# records/" in page


def test_the_page_of_ones_own_kind_stands_alone() -> None:
    kinds = own_kinds()
    page = kind_page(kinds["vehicle"], Reference(kinds, COMMON))
    assert "](" not in page
    assert "| **`plate`** | text | Number plate \\| as painted. |\n" in page
    assert "| `keys` | list of mappings | Who has a key. |\n" in page
    assert "| **`keys[].with`** | link to person or `nobody` | Who. |\n" in page
    assert "| `keys[].count` | whole number, 1 to 3 | How many. |\n" in page
    assert "| **`insured.start`** | day | The first day. |\n" in page
    assert "- say who can drive it\n" in page
    assert "```yaml\n# records/vehicles/van-7.yaml\ntitle: Van 7\nowner: team:depot\nplate: ZH 123\n```\n" in page
    assert "| `driving` | On the road. | `keys` | `sold` |\n" in page
    assert "| `keys[].with` | person | `keys` |\n" in page
    assert "| `linked_from` | every kind | `links[].to` |\n" in page
    assert "| `visibility` | `public`, `internal`, `restricted` | Which published site shows the record:" in page


def test_shapes_deep_in_one_another_come_to_an_end() -> None:
    tree: dict[str, Any] = {"type": "array", "description": "All the way down.", "items": {"type": "string"}}
    node: dict[str, Any] = {"type": "object", "description": "More.", "additionalProperties": False}
    names: dict[str, Any] = {"type": "object", "description": "By name.", "additionalProperties": {"type": "string"}}
    for _ in range(7):
        tree = {**tree, "items": tree}
        node = {**node, "properties": {"below": node}}
        names = {**names, "additionalProperties": names}
    fields = {"tree": tree, "node": node, "names": names}
    rooms = {
        "type": "object",
        "description": "By name.",
        "additionalProperties": {
            "type": "object",
            "properties": {"seats": {"type": "integer", "description": "How many."}},
            "additionalProperties": False,
        },
    }
    schema = {**OWN, "properties": {**OWN["properties"], **fields, "rooms": rooms}}
    kinds = load_kinds({"schemas/vehicle.schema.json": json.dumps(schema).encode()})
    page = kind_page(kinds["vehicle"], Reference(kinds, COMMON))
    assert "| `tree` | list: list: " in page
    assert "| `node.below.below` | mapping | More. |\n" in page
    assert "| `rooms` | names of your own, each with: mapping | By name. |\n" in page
    assert "| `rooms.NAME.seats` | whole number | How many. |\n" in page


def test_links_are_told_at_both_ends() -> None:
    assert "| `template` | [change-template](change-template.md) | `changes` |\n" in PAGES["change.md"]
    assert "| `changes` | [change](change.md) | `template` |\n" in PAGES["change-template.md"]
    assert "| `owns` | every kind | `owner` |\n" in PAGES["team.md"]


def test_a_state_diagram_marks_first_and_final_states() -> None:
    assert state_diagram(own_kinds()["vehicle"]).splitlines() == [
        "stateDiagram-v2",
        "    classDef final stroke-width:4px",
        '    state "on-order" as s_on_order',
        '    state "driving" as s_driving',
        '    state "sold" as s_sold',
        "    [*] --> s_on_order",
        "    s_on_order --> s_driving",
        "    s_driving --> s_sold",
        "    s_sold --> [*]",
        "    class s_sold final",
    ]


def test_the_index_tells_each_type_of_timeline_entry() -> None:
    index = PAGES["README.md"]
    for type_ in shipped_envelope()["$defs"]["entry"]["properties"]["type"]["enum"]:
        assert f"\n| `{type_}` | " in index
    assert "| `communication` | **`audience`**, **`text`**, `status` |\n" in index
