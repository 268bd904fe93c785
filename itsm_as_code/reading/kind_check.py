"""Checks the schemas that a repository adds: a kind that passes can be compiled, linked and rendered."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.kind_base import base_faults
from itsm_as_code.reading.link_check import link_faults
from itsm_as_code.reading.references import localise
from itsm_as_code.reading.schema_check import schema_faults
from itsm_as_code.reading.validation import SchemaValidator

META = "kind.meta.json"
MAX_BYTES = 256 * 1024
"""Bytes of one schema; the largest shipped one has 26,000."""
MAX_DEPTH = 60
"""Objects and lists inside one another."""
MAX_KINDS = 200
"""Schemas of kinds in one repository."""
_MAX_DIGITS = 15
COMPUTED = frozenset({"state", "priority", "opened_at", "reported_by"})
"""What lists can show though no field holds it."""
_HINT = "a kind is described in docs/kinds.md"
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_TOO_LARGE = "a number is too large; the largest have fifteen digits"
_TOO_DEEP = f"values stand in one another more than {MAX_DEPTH} deep"


def parse(path: str, data: bytes) -> dict[str, Any]:
    """Return the JSON object of a schema's file; ItsmError where it is none, or one that is too much."""
    if len(data) > MAX_BYTES:
        raise ItsmError(f"{path}: the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read of a schema", _HINT)
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_distinct, parse_constant=_no_number, parse_int=_integer
        )
    except UnicodeDecodeError as error:
        raise ItsmError(f"{path}: not UTF-8; save it as UTF-8") from error
    except RecursionError as error:
        raise ItsmError(f"{path}: {_TOO_DEEP}", _HINT) from error
    except json.JSONDecodeError as error:
        raise ItsmError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except ValueError as error:
        raise ItsmError(f"{path}: not JSON: {error}") from error
    if not isinstance(document, dict):
        raise ItsmError(f"{path}: a JSON Schema is an object")
    for message in _odd_values(document):
        raise ItsmError(f"{path}: {message}", _HINT)
    return document


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; one that says a key twice is refused, since readers differ on which counts."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{shortened(key)} is given twice")
        found[key] = value
    return found


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(_TOO_LARGE)
    return int(digits)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _odd_values(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what JSON can hold and no schema needs: depth without end, texts that cannot be shown, endless numbers."""
    level: list[Any] = [document]
    for _ in range(MAX_DEPTH):
        for value in level:
            texts = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, dict) else ()
            odd = next((found for text in texts if (found := _ODD.search(text))), None)
            if odd is not None:
                yield f"the character U+{ord(odd[0]):04X} stands in a text; remove it"
            if isinstance(value, float) and not abs(value) < 10**_MAX_DIGITS:
                yield _TOO_LARGE
        level = [inner for value in level for inner in _inner(value)]
    if level:
        yield _TOO_DEEP


def _inner(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def check_document(path: str, document: Mapping[str, Any], envelope: Mapping[str, Any]) -> None:
    """Raise ItsmError, naming the first thing wrong, where a schema is no kind."""
    for fault in _meta().faults(path, document):
        _refuse(path, fault.path, fault.message)
    twice = sorted(set(document.get("$defs", {})) & set(envelope["$defs"]))
    if twice:
        _refuse(path, ("$defs", twice[0]), "the envelope has a definition of this name; choose another")
    for place, message in schema_faults(document, _with_envelope(document, envelope)):
        _refuse(path, place, message)


@cache
def _meta() -> SchemaValidator:
    return SchemaValidator(json.loads((resources.schemas() / META).read_bytes()))


def _with_envelope(document: Mapping[str, Any], envelope: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "$defs": {**envelope["$defs"], **document.get("$defs", {})}}


def check_base(path: str, document: Mapping[str, Any], envelope: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    """Raise ItsmError where a schema takes from a shipped one, `base`, what rules rely on."""
    name = document["x-itsm"]["kind"]
    called = f"the shipped {name}" if "x-itsm" in base else "the envelope"
    for place, message in base_faults(localise(_with_envelope(document, envelope)), base, called):
        _refuse(path, place, message)


def check_first(path: str, kind: Kind, paths: Mapping[str, str]) -> None:
    """Raise ItsmError where another file of the repository has described the kind already, or there are too many."""
    if kind.name in paths:
        _refuse(path, ("x-itsm", "kind"), f"{paths[kind.name]} describes {kind.name} already; keep one of the two")
    if len(paths) >= MAX_KINDS:
        _refuse(path, (), f"there are more than {MAX_KINDS} schemas of kinds")


def check_kind(path: str, kind: Kind, kinds: Mapping[str, Kind]) -> None:
    """Raise ItsmError where a compiled kind names what is not there, or takes another kind's place."""
    if path.rpartition("/")[2] != f"{kind.name}.schema.json":
        _refuse(
            path, ("x-itsm", "kind"), f"the schema of {kind.name} is {kind.name}.schema.json; rename one of the two"
        )
    for place, message in (*_missing_names(kind), *link_faults(kind, kinds), *_taken(kind, kinds)):
        _refuse(path, place, message)


def _missing_names(kind: Kind) -> Iterator[tuple[FieldPath, str]]:
    """Yield where the kind names a field or state that is not there."""
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


def _taken(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[FieldPath, str]]:
    """Yield where another kind has the folder or prefix: a path and an id name one kind."""
    for other in kinds.values():
        if other is not kind and other.folder == kind.folder:
            yield ("x-itsm", "folder"), f"{other.name} has the folder {kind.folder} already"
        if other is not kind and kind.prefix and other.prefix == kind.prefix:
            yield ("x-itsm", "prefix"), f"{other.name} has the prefix {kind.prefix} already"


def _refuse(path: str, place: FieldPath, message: str) -> NoReturn:
    raise ItsmError(f"{path}: {format_path(place) or 'schema'}: {message}", _HINT)
