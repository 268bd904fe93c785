"""Shapes: what a field of a kind wants, so that a map need not say it."""

from collections.abc import Mapping
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.shape import Schema, items, properties, resolved

_FORMATS = {"date-time": "time", "date": "date", "uri": "url", "email": "email", "duration": "duration"}


class Shape:
    """The schema of one field, with what it wants in a word.

    `want` is one of time, date, url, email, duration, link, integer, boolean, enum, slug, money, list, object, line
    (a text of one line), text, and raw (anything).
    """

    __slots__ = (
        "_fields",
        "_item",
        "_root",
        "_schema",
        "_schemas",
        "either",
        "links",
        "most",
        "required",
        "values",
        "want",
    )

    def __init__(self, schema: Schema, root: Schema) -> None:
        found = resolved(schema, root)
        self._schema, self._root = found, root
        self._schemas = properties(found, root)
        self._fields: dict[str, Shape] = {}
        self._item: Shape | None = None
        link = found.get("x-itsm-link")
        self.links: tuple[str, ...] | None = tuple(link["to"]) if isinstance(link, Mapping) else None
        """The kinds that a link may lead to, empty for any; None where it is no link."""
        self.values: tuple[Any, ...] = tuple(found.get("enum", ()))
        self.most: int = found.get("maxLength", 0)
        self.required: tuple[str, ...] = tuple(found.get("required", ()))
        self.either: tuple[str, ...] = tuple(
            name
            for part in found.get("allOf", ())
            for choice in part.get("anyOf", ())
            for name in choice.get("required", ())
        )
        """Fields of which at least one is required."""
        self.want = _want(found)

    @classmethod
    def of(cls, kind: Kind) -> "Shape":
        """Return the shape of a kind's records."""
        return cls(kind.schema, kind.schema)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its fields; none where any will do."""
        return tuple(self._schemas)

    def field(self, name: str) -> "Shape":
        """Return the shape of a field inside; RAW for one that it does not know."""
        if name not in self._schemas:
            return RAW
        if name not in self._fields:
            self._fields[name] = Shape(self._schemas[name], self._root)
        return self._fields[name]

    @property
    def item(self) -> "Shape":
        """The shape of a list's items; of anything else itself."""
        if self.want != "list":
            return self
        if self._item is None:
            self._item = Shape(items(self._schema, self._root), self._root)
        return self._item


def _want(schema: Schema) -> str:  # noqa: PLR0911 - a table of cases
    if "x-itsm-link" in schema:
        return "link"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if "enum" in schema:
        return "enum"
    type_ = schema.get("type")
    if type_ in ("integer", "boolean"):
        return str(type_)
    if type_ == "array":
        return "list"
    if type_ == "object" or "properties" in schema:
        return "money" if set(schema.get("properties", ())) == {"amount", "currency"} else "object"
    if str(schema.get("pattern", "")).startswith(("^[a-z0-9][a-z0-9", "^[a-z][a-z0-9")):
        return "slug"
    if schema.get("maxLength"):
        return "line"
    return "text" if type_ == "string" else "raw"


RAW = Shape({}, {})
"""Anything, as it is."""
