"""The good and bad examples of each kind, collected by folder."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from itsm_as_code import resources
from itsm_as_code.model.place import format_path
from itsm_as_code.model.reference import path_of
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

EXAMPLES = Path(__file__).parent / "examples"
KINDS = load_kinds({})
ENVELOPE = "envelope.schema.json"


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
