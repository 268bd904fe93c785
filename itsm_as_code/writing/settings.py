"""Settings: `field=value` as people type it, turned into values of the type that the kind's schema wants."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.synonyms import field_hint, value_hint
from itsm_as_code.writing.shape import Schema, allowed_values, items, properties, resolved

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)


def apply_settings(fields: dict[str, Any], settings: Sequence[str], kind: Kind) -> None:
    """Put each `field=value` into the fields; a list's values are appended.

    A field may be dotted (`assignment.team=team:dba`). Text stays text (`serial=007`); lists and mappings may be
    written as in a record (`services=[service:a, service:b]`). Raises ItsmError that names the setting.
    """
    for setting in settings:
        name, equals, text = setting.partition("=")
        name = name.strip()
        if name in ("kind", "id", "timeline"):
            raise ItsmError(f"--set {name}: this follows from the rest of what is given")
        if not equals or not name:
            raise ItsmError(f"--set {setting}: no field=value", hint="write for example --set impact=high")
        _put(fields, name.split("."), text, kind)


def _put(fields: dict[str, Any], path: Sequence[str], text: str, kind: Kind) -> None:
    name, schema = ".".join(path), kind.schema
    holder = fields
    for depth, step in enumerate(path):
        schema = _field(schema, step, path[:depth], kind)
        if depth == len(path) - 1:
            break
        if _types(schema) and "object" not in _types(schema):
            raise ItsmError(f"--set {name}: {'.'.join(path[: depth + 1])} has no fields of its own")
        inner = holder.setdefault(step, {})
        if not isinstance(inner, dict):
            raise ItsmError(f"--set {name}: {'.'.join(path[: depth + 1])} was set to a value already")
        holder = inner
    step = path[-1]
    if "array" in _types(schema) and (not text.startswith("[") or "string" in _types(schema)):
        item = resolved(items(schema, kind.schema), kind.schema)
        held = holder.setdefault(step, [])
        held.append(_value(name, text, item, kind.schema))
    elif "array" in _types(schema):
        holder.setdefault(step, []).extend(_written(name, text, list))
    elif step in holder:
        raise ItsmError(f"--set {name}: set twice", hint="only lists take several values")
    else:
        holder[step] = _value(name, text, schema, kind.schema)


def _field(schema: Schema, step: str, above: Sequence[str], kind: Kind) -> Schema:
    fields = properties(schema, kind.schema)
    if step in fields:
        return resolved(fields[step], kind.schema)
    if step.startswith("x-") and not above:
        return {"type": "string"}
    if not fields and resolved(schema, kind.schema).get("additionalProperties", True) is not False:
        return {"type": "string"}
    where = f"{'.'.join(above)} of {kind.plural} has" if above else f"{kind.plural} have"
    known = [name for name in fields if name not in ("kind", "id", "timeline")]
    hint = did_you_mean(step, known) if above else field_hint(kind.name, step, known)
    raise ItsmError(f"--set {'.'.join([*above, step])}: {where} no field {step}{hint}")


def _value(name: str, text: str, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
    types = _types(schema)
    allowed = allowed_values(schema, root)
    if allowed and "array" not in types and text not in allowed:
        raise ItsmError(f"--set {name}={text}: not one of {', '.join(allowed)}{value_hint(text, allowed)}")
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if "string" in types or not types:
        return text
    if "object" in types:
        return _written(name, text, dict)
    wanted = "true or false" if "boolean" in types else "a whole number"
    raise ItsmError(f"--set {name}={text}: {wanted} is wanted")


def _written(name: str, text: str, shape: type[list[Any]] | type[dict[str, Any]]) -> Any:  # noqa: ANN401 - any YAML value
    """Return a list or mapping that is written as in a record."""
    form = "[a, b]" if shape is list else "{field: value}"
    document = read_document("--set", f"value: {text}\n".encode())
    value = document.value.get("value")
    if document.faults or not isinstance(value, shape):
        reason = document.faults[0].message if document.faults else f"write {form}"
        hint = "" if shape is list else f"or set its fields: --set {name}.field=value"
        raise ItsmError(f"--set {name}={text}: {reason}", hint=hint)
    return value


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    """Return the JSON types that a schema accepts; empty where it does not say."""
    found = schema.get("type")
    if isinstance(found, str):
        return [found]
    if isinstance(found, list):
        return found
    if "enum" in schema:
        return ["integer" if isinstance(schema["enum"][0], int) else "string"]
    return ["object"] if "properties" in schema else []
