"""Checks the words on a kind's links: the fields beside them and the values that they name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.kind import Kind, LinkField
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.references import target

Schemas = Sequence[Mapping[str, Any]]


def link_faults(kind: Kind, kinds: Mapping[str, Kind]) -> Iterator[tuple[FieldPath, str]]:
    """Yield where a link names a kind, a field beside it or a value that is not there."""
    for link in kind.links:
        for other in link.to:
            if other not in kinds:
                yield link.path, f"x-itsm-link: there is no kind {other}{did_you_mean(other, kinds)}"
        beside = _beside(link, kind.schema)
        if link.named_by and link.named_by not in beside:
            hint = did_you_mean(link.named_by, beside)
            yield link.path, f"x-itsm-link.named_by: there is no field {link.named_by} beside it{hint}"
        if link.when is not None:
            yield from _when_faults(link.path, *link.when, beside, kind.schema)
        for text in link.unless:
            if ":" in text:
                yield link.path, f"x-itsm-link.unless: {text} reads as the name of a record; a word has no colon"


def _when_faults(
    path: FieldPath, field: str, values: Sequence[str], beside: Mapping[str, Schemas], root: Mapping[str, Any]
) -> Iterator[tuple[FieldPath, str]]:
    if field not in beside:
        yield path, f"x-itsm-link.when: there is no field {field} beside it{did_you_mean(field, beside)}"
        return
    for schema in _whole(beside[field], root):
        allowed: Sequence[Any] = schema.get("enum", values)
        for value in values:
            if value not in allowed:
                hint = did_you_mean(value, [one for one in allowed if isinstance(one, str)])
                yield path, f"x-itsm-link.when: {field} is never {value}{hint}"


def _beside(link: LinkField, root: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the fields of the mapping that the link stands in, each with what is said of it."""
    steps = list(link.path)
    while steps and steps[-1] == "*":
        steps.pop()
    here: Schemas = [root]
    for step in steps[:-1]:
        here = [
            inner
            for schema in _whole(here, root)
            for inner in (schema.get("items") if step == "*" else schema.get("properties", {}).get(step),)
            if isinstance(inner, dict)
        ]
    fields: dict[str, list[Mapping[str, Any]]] = {}
    for schema in _whole(here, root):
        for name, inner in schema.get("properties", {}).items():
            fields.setdefault(name, []).append(inner)
    return fields


def _whole(schemas: Schemas, root: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the schemas and what holds with them, by `$ref` and `allOf`."""
    for schema in schemas:
        yield schema
        reference = schema.get("$ref")
        if isinstance(reference, str):
            yield from _whole([target(reference, root)], root)
        yield from _whole([part for part in schema.get("allOf", ()) if isinstance(part, dict)], root)
