"""What a schema of a repository may do to fields that ship: make them stricter, so that rules find what they expect."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.references import resolve, target

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
_TYPE_OF = {str: "string", int: "integer", bool: "boolean", list: "array", dict: "object", type(None): "null"}
# Words for people and for editors say nothing of what a value must be; a link is the overriding field's own matter.
_SILENT = frozenset({"title", "description", "examples", "$comment", "deprecated", "x-itsm-link"})


def base_faults(own: Mapping[str, Any], base: Mapping[str, Any], name: str) -> Iterator[tuple[FieldPath, str]]:
    """Yield where a schema takes from a shipped one what rules rely on.

    `own` has its definitions and the envelope's; `base` is the compiled shipped kind of the same name, else the
    envelope; `name` is what people call it.
    """
    fields = own.get("properties", {})
    for field in base.get("required", ()):
        if field not in own.get("required", ()):
            yield ("required",), f"{name} requires {field}, and rules rely on it; require it here, too"
    for field, schema in fields.items():
        if field in base["properties"]:
            path = ("properties", field)
            yield from _different(path, resolve(schema, own), resolve(base["properties"][field], base), name)


def _different(
    path: FieldPath, mine: Mapping[str, Any], shipped: Mapping[str, Any], name: str
) -> Iterator[tuple[FieldPath, str]]:
    types, wanted = _types(mine), _types(shipped)
    if types and wanted and not types <= wanted:
        words = " or ".join(_TYPES[type_] for type_ in sorted(wanted))
        yield path, f"in {name} this is {words}; a field that ships may be made stricter, not another type"
    values, allowed = mine.get("enum"), shipped.get("enum")
    if values is not None and allowed is not None:
        for value in values:
            if value not in allowed:
                known = ", ".join(shortened(str(one)) for one in allowed)
                yield path, f"{name} has no value {shortened(str(value))} here ({known}); rules would not know it"


def _types(schema: Mapping[str, Any]) -> set[str]:
    """Return the types that a value may have; empty where nothing is said of them."""
    types = schema.get("type")
    if types is None:
        values = schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else ()
        return {_TYPE_OF[type(value)] for value in values if type(value) in _TYPE_OF}
    return {types} if isinstance(types, str) else set(types)


def with_base(own: Mapping[str, Any], base: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a kind where those that ship hold what the shipped schema asks for, besides their own.

    `own` are the fields by name, with references into `defs`.
    """
    fields = dict(own)
    for name, schema in own.items():
        shipped = base["properties"].get(name)
        if shipped is not None and not _same(schema, shipped, defs, base.get("$defs", {})):
            fields[name] = {**schema, "allOf": [*schema.get("allOf", ()), _written_out(shipped, base)]}
    return fields


def _same(mine: Any, shipped: Any, defs: Mapping[str, Any], others: Mapping[str, Any]) -> bool:  # noqa: ANN401 - any JSON value
    """Return whether two schemas ask for the same, the definitions included that they name."""
    return _loud(mine) == _loud(shipped) and all(
        reference in defs and defs[reference] == others.get(reference) for reference in _named(mine, defs, set())
    )


def _loud(schema: Any) -> Any:  # noqa: ANN401 - a schema may be a boolean
    return {word: said for word, said in schema.items() if word not in _SILENT} if isinstance(schema, dict) else schema


def _named(schema: object, defs: Mapping[str, Any], found: set[str]) -> set[str]:
    """Return the names of the definitions that a schema needs."""
    inner: Iterable[object] = ()
    if isinstance(schema, dict):
        inner = schema.values()
        reference = schema.get("$ref")
        name = reference.rpartition("/")[2] if isinstance(reference, str) else None
        if name is not None and name not in found:
            found.add(name)
            _named(defs.get(name), defs, found)
    elif isinstance(schema, list):
        inner = schema
    for one in inner:
        _named(one, defs, found)
    return found


def _written_out(schema: Any, root: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return a schema in which each `$ref` is replaced by what it names."""
    if isinstance(schema, list):
        return [_written_out(inner, root) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    written = {
        word: _fields(inner, root) if word == "properties" else _written_out(inner, root)
        for word, inner in schema.items()
        if word not in _SILENT and word != "$ref"
    }
    if "$ref" in schema:
        written["allOf"] = [*written.get("allOf", ()), _written_out(target(schema["$ref"], root), root)]
    return written


def _fields(fields: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _written_out(inner, root) for name, inner in fields.items()}
