"""Kinds' schemas: the good and bad examples of each kind, and what every kind schema must keep to."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from itsm_as_code import resources
from itsm_as_code.model.place import format_path
from itsm_as_code.model.reference import path_of
from itsm_as_code.reading.config import load_config
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

EXAMPLES = Path(__file__).parent / "examples"
KINDS = load_kinds({})
ENVELOPE = "envelope.schema.json"
CONDITIONS = ("if", "then", "else", "not", "allOf", "anyOf", "oneOf")
COMPUTED = ("priority", "opened_at")


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((resources.schemas() / name).read_bytes())
    return schema


def _schemas() -> list[str]:
    return sorted(file.name for file in resources.schemas().glob("*.json"))


def _examples(quality: str) -> list[Any]:
    files = sorted(EXAMPLES.glob(f"*/{quality}/*.yaml"))
    return [pytest.param(file, id=f"{file.parts[-3]}-{file.stem}") for file in files]


def _load(example: Path) -> Snapshot:
    """Return the snapshot that holds the example alone, at a path that fits its kind."""
    kind = KINDS[example.parts[-3]]
    id_ = f"{kind.prefix}-20260304-k7qz" if kind.prefix else "example-01"
    return load(MemorySource({path_of(kind, id_): example.read_bytes()}))


def _descriptions(schema: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield each property of a schema with its description; conditions describe nothing."""
    if isinstance(schema, list):
        for inner in schema:
            yield from _descriptions(inner, path)
    if not isinstance(schema, dict):
        return
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}.{name}", inner.get("description")
        yield from _descriptions(inner, f"{path}.{name}")
    for word in ("items", "additionalProperties"):
        yield from _descriptions(schema.get(word), f"{path}.{word}")
    for name, inner in schema.get("$defs", {}).items():
        yield from _descriptions(inner, f"{path}.{name}")


def _has_field(schema: dict[str, Any], root: dict[str, Any], path: list[str]) -> bool:
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if not path:
        return True
    inner = schema.get("properties", {}).get(path[0])
    return inner is not None and _has_field(inner, root, path[1:])


def test_every_kind_has_examples() -> None:
    for name in KINDS:
        assert len(list((EXAMPLES / name / "good").glob("*.yaml"))) >= 2
        assert len(list((EXAMPLES / name / "bad").glob("*.yaml"))) >= 6
    assert {folder.name for folder in EXAMPLES.iterdir()} == set(KINDS)


@pytest.mark.parametrize("example", _examples("good"))
def test_a_good_example_is_accepted(example: Path) -> None:
    snapshot = _load(example)
    assert [(fault.rule, fault.message) for fault in snapshot.faults] == []
    assert [record.valid for record in snapshot.records.values()] == [True]


@pytest.mark.parametrize("example", _examples("bad"))
def test_a_bad_example_has_its_one_fault(example: Path) -> None:
    expected = example.read_text().splitlines()[0].removeprefix("# expect: ")
    snapshot = _load(example)
    assert [f"{fault.rule} at {format_path(fault.path)}".rstrip() for fault in snapshot.faults] == [expected]
    assert [record.valid for record in snapshot.records.values()] == [False]


@pytest.mark.parametrize("example", _examples("good"))
def test_a_kind_as_it_stands_on_disk_accepts_a_good_example(example: Path) -> None:
    registry = Registry[Any]().with_resources([(name, Resource.from_contents(_schema(name))) for name in _schemas()])
    validator = Draft202012Validator({"$ref": f"{example.parts[-3]}.schema.json"}, registry=registry)
    value = next(iter(_load(example).records.values())).fields
    assert [error.message for error in validator.iter_errors(value)] == []


@pytest.mark.parametrize("name", KINDS)
def test_the_good_examples_use_every_field_of_their_kind(name: str) -> None:
    used = {
        field
        for file in (EXAMPLES / name / "good").glob("*.yaml")
        for field in next(iter(_load(file).records.values())).fields
    }
    assert set(_schema(f"{name}.schema.json")["properties"]) - used == set()


def test_the_examples_use_every_field_of_the_envelope() -> None:
    used = {
        field for file in EXAMPLES.glob("*/good/*.yaml") for field in next(iter(_load(file).records.values())).fields
    }
    assert set(_schema(ENVELOPE)["properties"]) - used == set()


def test_the_examples_use_every_type_of_timeline_entry() -> None:
    used = {
        entry["type"]
        for file in EXAMPLES.glob("*/good/*.yaml")
        for record in _load(file).records.values()
        for entry in record.timeline
    }
    assert used == set(_schema(ENVELOPE)["$defs"]["entry"]["properties"]["type"]["enum"])


@pytest.mark.parametrize("name", _schemas())
def test_a_schema_is_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize("name", _schemas())
def test_every_property_has_a_description(name: str) -> None:
    described = list(_descriptions(_schema(name), ""))
    assert len(described) >= 6
    assert [path for path, description in described if not description] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_keeps_to_the_meta_schema(name: str) -> None:
    meta = Draft202012Validator(_schema("kind.meta.json"))
    assert [error.message for error in meta.iter_errors(_schema(f"{name}.schema.json"))] == []


def test_the_envelope_keeps_to_the_meta_schema() -> None:
    envelope, meta = _schema(ENVELOPE), _schema("kind.meta.json")
    fields = Draft202012Validator({"$ref": "#/$defs/fields", "$defs": meta["$defs"]})
    shapes = Draft202012Validator({**meta["properties"]["$defs"], "$defs": meta["$defs"]})
    assert [error.message for error in fields.iter_errors(envelope["properties"])] == []
    assert [error.message for error in shapes.iter_errors(envelope["$defs"])] == []


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
    meta = Draft202012Validator(_schema("kind.meta.json"))
    assert [error.message for error in meta.iter_errors(document)] == []


@pytest.mark.parametrize("document", BAD_KINDS.values(), ids=BAD_KINDS)
def test_the_meta_schema_refuses(document: dict[str, Any]) -> None:
    assert not Draft202012Validator(_schema("kind.meta.json")).is_valid(document)


@pytest.mark.parametrize("name", KINDS)
def test_a_lifecycle_is_sound(name: str) -> None:
    states = KINDS[name].states
    reached = set(states) & {KINDS[name].initial}
    for _ in states:
        reached |= {target for state in reached for target in states[state].to}
    assert reached == set(states)
    assert {state.name for state in states.values() if state.final} == {"closed", "canceled", "retired"} & set(states)
    assert [state.name for state in states.values() if not state.to and not state.final] == []


@pytest.mark.parametrize("name", KINDS)
def test_the_fields_a_kind_speaks_of_are_there(name: str) -> None:
    kind = KINDS[name]
    spoken = [
        *kind.columns,
        *kind.starter,
        kind.title_field,
        *(need for state in kind.states.values() for need in state.needs),
    ]
    root = dict(kind.schema)
    assert [path for path in spoken if path not in COMPUTED and not _has_field(root, root, path.split("."))] == []


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_links_to_kinds_that_are_there(name: str) -> None:
    assert {target for link in KINDS[name].links for target in link.to} - set(KINDS) == set()


def test_the_defaults_keep_to_the_settings_schema() -> None:
    document = read_document("defaults.yaml", (resources.schemas() / "defaults.yaml").read_bytes())
    assert document.faults == ()
    validator = Draft202012Validator(_schema("itsm.schema.json"))
    assert [error.message for error in validator.iter_errors(document.value)] == []


def test_the_default_matrix_runs_from_one_to_five() -> None:
    config = load_config(None)
    assert (config.priority["high"]["high"], config.priority["low"]["low"]) == (1, 5)
    assert (config.risk["high"]["high"], config.risk["low"]["low"]) == ("high", "low")


def test_the_kind_of_the_documentation_works() -> None:
    documentation = Path(__file__).parent.parent / "docs" / "kinds.md"
    schema, record = re.findall(r"^```(?:json|yaml)\n(.*?)^```", documentation.read_text(), re.DOTALL | re.MULTILINE)
    files = {
        "schemas/supplier.schema.json": schema,
        "records/suppliers/acme.yaml": record,
        "records/people/alice.yaml": "name: Alice Meier\n",
    }
    snapshot = load(MemorySource(files))
    assert [fault.message for fault in snapshot.faults] == []
    assert [(link.source, link.reverse) for link in snapshot.graph.incoming["person:alice"]] == [
        ("supplier:acme", "suppliers")
    ]
    assert snapshot.records["supplier:acme"].state == "active"
