"""Checks the schemas that a repository adds: a kind that passes can be compiled, linked and rendered."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.references import target
from itsm_as_code.reading.validation import SchemaValidator

META = "kind.meta.json"
COMPUTED = frozenset({"state", "priority", "opened_at", "reported_by"})
"""What lists can show though no field holds it."""
_HINT = "a kind is described in docs/kinds.md"
_ENVELOPE = "envelope.schema.json"


def parse(path: str, data: bytes) -> dict[str, Any]:
    """Return the JSON object of a schema's file; ItsmError where it is none."""
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_distinct)
    except UnicodeDecodeError as error:
        raise ItsmError(f"{path}: not UTF-8; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ItsmError(f"{path}: not JSON: {error}") from error
    if not isinstance(document, dict):
        raise ItsmError(f"{path}: a JSON Schema is an object")
    return document


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; one that says a key twice is refused, since readers differ on which counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for position, (key, _) in enumerate(pairs) if key in dict(pairs[:position]))
        raise ValueError(f"{twice} is given twice")
    return found


def check_document(path: str, document: Mapping[str, Any], envelope: Mapping[str, Any]) -> None:
    """Raise ItsmError, naming the first thing wrong, where a schema is no kind."""
    try:
        meta = SchemaValidator(json.loads((resources.schemas() / META).read_bytes()))
        for fault in meta.faults(path, document):
            _refuse(path, fault.path, fault.message)
        twice = sorted(set(document.get("$defs", {})) & set(envelope["$defs"]))
        if twice:
            _refuse(path, ("$defs", twice[0]), "the envelope has a definition of this name; choose another")
        root = {**document, "$defs": {**envelope["$defs"], **document.get("$defs", {})}}
        for place, schema in _subschemas(document, ()):
            _check_reference(path, place, schema, root)
            _check_pattern(path, place, schema)
    except RecursionError as error:
        raise ItsmError(f"{path}: nested too deeply") from error


def check_kind(path: str, kind: Kind, kinds: Mapping[str, Kind]) -> None:
    """Raise ItsmError where a compiled kind names what is not there, or takes another kind's place."""
    if path.rpartition("/")[2] != f"{kind.name}.schema.json":
        _refuse(
            path, ("x-itsm", "kind"), f"the schema of {kind.name} is {kind.name}.schema.json; rename one of the two"
        )
    for place, message in (*_missing_names(kind, kinds), *_taken(kind, kinds)):
        _refuse(path, place, message)


def _missing_names(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[FieldPath, str]]:
    """Yield where the kind names a field, state or kind that is not there."""
    fields = {*kind.schema["properties"], *COMPUTED}
    named: list[tuple[str, Iterable[str]]] = [
        ("required", kind.schema.get("required", ())),
        ("x-itsm.title_field", (kind.title_field,)),
        ("x-itsm.columns", kind.columns),
        ("x-itsm.starter", kind.starter),
        *((f"x-itsm.lifecycle.states.{state.name}.needs", state.needs) for state in kind.states.values()),
    ]
    for word, names in named:
        for name in names:
            if name.partition(".")[0] not in fields:
                yield (word,), f"there is no field {name}{did_you_mean(name, fields)}"
    for state in kind.states.values():
        for other in state.to:
            if other not in kind.states:
                yield ("x-itsm", "lifecycle", "states", state.name, "to"), f"{other} is not a state of this kind"
    for link in kind.links:
        for other in link.to:
            if other not in kinds:
                yield link.path, f"x-itsm-link: there is no kind {other}{did_you_mean(other, kinds)}"


def _taken(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[FieldPath, str]]:
    """Yield where another kind has the folder or prefix: a path and an id name one kind."""
    for other in kinds.values():
        if other is not kind and other.folder == kind.folder:
            yield ("x-itsm", "folder"), f"{other.name} has the folder {kind.folder} already"
        if other is not kind and kind.prefix and other.prefix == kind.prefix:
            yield ("x-itsm", "prefix"), f"{other.name} has the prefix {kind.prefix} already"


def _subschemas(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:  # noqa: ANN401 - JSON
    """Yield every object of a schema, with its path."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _subschemas(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _subschemas(inner, (*path, number))


def _check_reference(path: str, place: FieldPath, schema: Mapping[str, Any], root: Mapping[str, Any]) -> None:
    """A reference leads to a schema, and not back to itself without a value in between."""
    seen = set()
    reference = schema.get("$ref")
    while isinstance(reference, str) and reference != _ENVELOPE:
        if reference in seen:
            _refuse(path, (*place, "$ref"), f"{reference} leads back to itself")
        seen.add(reference)
        try:
            found = target(reference.removeprefix(_ENVELOPE), root)
        except (KeyError, TypeError):
            _refuse(path, (*place, "$ref"), f"{reference} leads nowhere")
        reference = found.get("$ref") if isinstance(found, dict) else None


def _check_pattern(path: str, place: FieldPath, schema: Mapping[str, Any]) -> None:
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            _refuse(path, (*place, "pattern"), f"{pattern} is not a regular expression: {error}")


def _refuse(path: str, place: FieldPath, message: str) -> NoReturn:
    raise ItsmError(f"{path}: {format_path(place) or 'schema'}: {message}", _HINT)
