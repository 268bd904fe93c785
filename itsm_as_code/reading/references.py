"""Follows a schema's local references."""

from collections.abc import Mapping
from typing import Any

ENVELOPE = "envelope.schema.json"
"""The schema of the fields that every kind has, as kinds refer to it."""


def target(reference: str, root: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return what ``#/$defs/name`` names in the schema; KeyError or TypeError where it leads nowhere."""
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def localise(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a schema with references to the envelope's definitions made local."""
    if isinstance(value, dict):
        return {
            key: inner.removeprefix(ENVELOPE) if key == "$ref" and isinstance(inner, str) else localise(inner)
            for key, inner in value.items()
        }
    return [localise(inner) for inner in value] if isinstance(value, list) else value


def resolve(schema: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ANN401 - a schema may be a boolean
    """Return a schema with the one its `$ref` names folded in; its own words win."""
    if not isinstance(schema, dict):
        return {}
    reference = schema.get("$ref")
    return {**resolve(target(reference, root), root), **schema} if isinstance(reference, str) else schema
