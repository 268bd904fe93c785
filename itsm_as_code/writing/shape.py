"""Shapes: what a kind's schema says at a field path, with `$ref` followed."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def resolved(schema: Schema, root: Schema) -> Schema:
    """Return the schema with a `$ref` into `root`'s `$defs` followed; words beside the `$ref` win over it."""
    seen: set[str] = set()
    while isinstance(reference := schema.get("$ref"), str) and reference not in seen:
        seen.add(reference)
        target: Any = root
        for step in reference.removeprefix("#/").split("/"):
            target = target.get(step, {}) if isinstance(target, Mapping) else {}
        beside = {word: value for word, value in schema.items() if word != "$ref"}
        schema = {**target, **beside} if isinstance(target, Mapping) else beside
    return schema


def properties(schema: Schema, root: Schema) -> Mapping[str, Schema]:
    """Return the fields that a mapping of this schema may have, in the schema's order; empty if it names none."""
    found = resolved(schema, root).get("properties")
    return found if isinstance(found, Mapping) else {}


def items(schema: Schema, root: Schema) -> Schema:
    """Return the schema of a list's items; empty (anything) if it names none."""
    found = resolved(schema, root).get("items")
    return found if isinstance(found, Mapping) else {}


def allowed_values(schema: Schema, root: Schema) -> tuple[str, ...]:
    """Return the values an enum allows, of a list those of its items; empty where any value will do."""
    schema = resolved(schema, root)
    values = schema.get("enum")
    if values is None and "items" in schema:
        values = items(schema, root).get("enum")
    if not isinstance(values, list):
        return ()
    return tuple(value if isinstance(value, str) else str(value).lower() for value in values)
