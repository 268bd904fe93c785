"""Shapes: a kind's JSON Schema, cut down to what showing a value needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.site.words import label

_DEEPEST = 8
_MARKDOWN = "#/$defs/text"  # the envelope's shape of a text in Markdown, which every kind shares


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """How a value is called and what it holds; an empty one stands for whatever the schema does not describe."""

    title: str = ""
    help: str = ""
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    """The fields of a mapping, in the schema's order."""
    item: "Shape | None" = None
    markdown: bool = False
    format: str = ""
    choices: tuple[str, ...] = ()

    def inside(self, name: str) -> "Shape":
        """Return the shape of a field."""
        return self.fields.get(name, _UNKNOWN)

    def label(self, name: str) -> str:
        """Return the label of a field: its title in the schema, else its name as words."""
        known = self.fields.get(name)
        return known.title if known is not None and known.title else label(name)


_UNKNOWN = Shape()


def shape_of(schema: Mapping[str, Any]) -> Shape:
    """Return the shape of the records that a self-contained JSON Schema describes."""
    return _shape(schema, schema, 0)


def _shape(schema: object, whole: Mapping[str, Any], depth: int) -> Shape:
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return _UNKNOWN
    target = _target(schema.get("$ref"), whole)
    base = _shape(target, whole, depth + 1) if target is not None else _UNKNOWN
    properties = schema.get("properties")
    fields = {
        name: _shape(inner, whole, depth + 1)
        for name, inner in (properties.items() if isinstance(properties, dict) else ())
    }
    choices = schema.get("enum")
    return Shape(
        title=_text(schema.get("title")) or base.title,
        help=_text(schema.get("description")) or base.help,
        fields={**base.fields, **fields},
        item=_shape(schema["items"], whole, depth + 1) if "items" in schema else base.item,
        markdown=schema.get("$ref") == _MARKDOWN or base.markdown,
        format=_text(schema.get("format")) or base.format,
        choices=tuple(map(str, choices)) if isinstance(choices, list) else base.choices,
    )


def _target(ref: object, whole: Mapping[str, Any]) -> object:
    if not isinstance(ref, str) or not ref.startswith("#/"):
        return None
    found: object = whole
    for step in ref[2:].split("/"):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
