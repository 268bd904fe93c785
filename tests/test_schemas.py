"""What the shipped schemas keep to: descriptions, lifecycles, fields spoken of, settings, findings."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from itsm_as_code import resources
from itsm_as_code.model.reference import path_of
from itsm_as_code.reading.config import load_config
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource
from itsm_as_code.writing.record import render_record

KINDS = load_kinds({})
ENVELOPE = "envelope.schema.json"
COMPUTED = ("priority", "opened_at")
FINAL = {"closed", "canceled", "retired", "rejected", "lifted"}


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((resources.schemas() / name).read_bytes())
    return schema


def _schemas() -> list[str]:
    return sorted(file.name for file in resources.schemas().glob("*.json"))


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


@pytest.mark.parametrize("name", KINDS)
def test_a_lifecycle_is_sound(name: str) -> None:
    states = KINDS[name].states
    reached = set(states) & {KINDS[name].initial}
    for _ in states:
        reached |= {target for state in reached for target in states[state].to}
    assert reached == set(states)
    assert {state.name for state in states.values() if state.final} == FINAL & set(states)
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


@pytest.mark.parametrize("name", KINDS)
def test_the_examples_of_a_kind_are_such_records(name: str) -> None:
    kind = KINDS[name]
    files = {
        path_of(kind, example["id"]): render_record({**example, "kind": name}, kind)
        for example in kind.schema["examples"]
    }
    snapshot = load(MemorySource(files))
    assert [fault.message for fault in snapshot.faults] == []
    assert [record.kind.name for record in snapshot.records.values() if record.valid] == [name] * len(files)
    faults = [finding for finding in lint(snapshot) if finding.rule in {"illegal-transition", "missing-for-state"}]
    assert faults == []


def test_the_defaults_keep_to_the_settings_schema() -> None:
    document = read_document("defaults.yaml", (resources.schemas() / "defaults.yaml").read_bytes())
    assert document.faults == ()
    validator = Draft202012Validator(_schema("itsm.schema.json"))
    assert [error.message for error in validator.iter_errors(document.value)] == []


def test_the_default_matrix_runs_from_one_to_five() -> None:
    config = load_config(b"format: 1\n")
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


def test_findings_keep_to_their_published_schema(run_itsm: Callable[..., Any], tmp_path: Path) -> None:
    for name, text in {"good": "name: Alice Meier\n", "bad": "nme: 1\n", "broken": "name: [\n"}.items():
        file = tmp_path / "repo" / "records" / "people" / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "repo" / "itsm.yaml").write_text("format: 1\n")
    run = run_itsm("lint", "--format", "json", cwd=tmp_path / "repo")
    printed = json.loads(run.stdout)
    assert [error.message for error in Draft202012Validator(_schema("findings.schema.json")).iter_errors(printed)] == []
    assert run.exit_code == 1
    assert {finding["file"] for finding in printed["findings"]} == {
        "records/people/bad.yaml",
        "records/people/broken.yaml",
    }
