"""The fields of a kind as rows of a table: how each is reached, what may stand there, and what it means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.references import resolve

Schema = Mapping[str, Any]

_SHAPES = {
    "slug": "short name in lower case",
    "line": "one line of text",
    "text": "text (Markdown)",
    "money": 'money, `{amount: "1299.00", currency: EUR}`',
    "time": "time",
    "date": "day",
    "duration": "duration (`PT4H`, `P2D`)",
    "url": "web address",
}
"""What the envelope's shapes are called; of these, nothing further is told."""
_FORMATS = {
    "date-time": "time",
    "date": "day",
    "duration": "duration (`PT4H`, `P2D`)",
    "uri": "address (`scheme:…`)",
    "email": "e-mail address",
}
_DEEPEST = 5
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "boolean": "`true` or `false`",
    "object": "mapping",
    "null": "empty",
}


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its dotted path with ``[]`` for the items of a list, what may stand there, and what it means."""

    path: str
    value: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Reads the fields of one schema; `pages` is where each kind of the reference has its page."""

    root: Schema
    kinds: Mapping[str, Kind]
    pages: Mapping[str, str]

    def rows(self, names: Sequence[str], *, depth: int = _DEEPEST) -> Iterator[FieldRow]:
        """Yield the rows of these fields of the root, each followed by the fields inside it."""
        required = self.root.get("required", ())
        for name in names:
            yield from self._rows(name, self.root["properties"][name], depth, required=name in required)

    def _rows(self, path: str, schema: Schema, depth: int, *, required: bool) -> Iterator[FieldRow]:
        yield FieldRow(path, self.value(schema), required, str(resolve(schema, self.root).get("description", "")))
        inner, steps = self._inside(schema)
        needed = inner.get("required", ())
        if depth > 1:
            for name, field in inner.get("properties", {}).items():
                yield from self._rows(f"{path}{steps}.{name}", field, depth - 1, required=name in needed)

    def _inside(self, schema: Schema, depth: int = _DEEPEST) -> tuple[Schema, str]:
        """Return the mapping that a value is or holds, and what leads to it; shapes told by name hold nothing."""
        if _shape(schema) in _SHAPES or not depth:
            return {}, ""
        found = resolve(schema, self.root)
        others = found.get("additionalProperties")
        if "items" in found:
            inner, steps = self._inside(found["items"], depth - 1)
            return inner, f"[]{steps}"
        if isinstance(others, dict) and "properties" not in found:
            inner, steps = self._inside(others, depth - 1)
            return inner, f".NAME{steps}"
        return found, ""

    def value(self, schema: Schema, depth: int = _DEEPEST) -> str:
        """Return in a few words what may stand there; of what holds itself, so many levels as `depth` says."""
        if not depth:
            return "and so on"
        shape = _shape(schema)
        if shape in _SHAPES:
            return _SHAPES[shape]
        found = resolve(schema, self.root)
        types = found.get("type", "")
        if isinstance(types, list):
            return " or ".join(self.value({**found, "type": each, "$ref": None}, depth - 1) for each in types)
        if types == "array" or (not types and "items" in found):
            item = self.value(found.get("items", {}), depth - 1)
            return "list of mappings" if item == "mapping" else f"list: {item}"
        return self._single(found, depth)

    def _single(self, schema: Schema, depth: int) -> str:
        """Return what may stand there, where it is no list and of one type."""
        if "x-itsm-link" in schema:
            return self._link(schema["x-itsm-link"])
        if "enum" in schema or "const" in schema:
            return ", ".join(f"`{_written(value)}`" for value in schema.get("enum", [schema.get("const")]))
        type_ = schema.get("type", "")
        if type_ == "object" and not schema.get("properties"):
            return self._free(schema, depth)
        if type_ == "integer":
            return _number(schema)
        return _FORMATS.get(schema.get("format", ""), _TYPES.get(type_, "anything"))

    def _free(self, schema: Schema, depth: int) -> str:
        others = schema.get("additionalProperties")
        each = f", each with: {self.value(others, depth - 1)}" if isinstance(others, dict) else ""
        return f"names of your own{each}"

    def _link(self, words: Schema) -> str:
        kinds = [self.linked(name) for name in words.get("to", ())] or ["any record"]
        texts = [f"`{text}`" for text in words.get("unless", ())]
        link = f"link to {' or '.join(kinds)}"
        if "when" in words:
            ((name, values),) = words["when"].items()
            return f"text; {link} where `{name}` is {' or '.join(f'`{value}`' for value in values)}"
        return " or ".join([link, *texts])

    def linked(self, name: str) -> str:
        """Return a kind's name, leading to its page where it has one."""
        return f"[{name}]({self.pages[name]})" if name in self.pages else name


def conditions(schema: Schema, root: Schema, path: str = "", depth: int = _DEEPEST) -> Iterator[str]:
    """Yield what a schema says in words about how fields go together, in it and in the mappings inside it."""
    schema = resolve(schema, root)
    for part in schema.get("allOf", ()):
        branches = (part, part.get("then", {}), part.get("else", {}))
        # What to do about it, after the semicolon, is for those who have broken it.
        words = [branch["x-itsm-message"].partition("; ")[0] for branch in branches if "x-itsm-message" in branch]
        words = words or [part[word] for word in ("description",) if word in part]
        yield from (f"`{path}`: {sentence}" if path else sentence for sentence in words)
    for name, inner in schema.get("properties", {}).items() if depth else ():
        found = resolve(inner, root)
        steps = f"{path}.{name}" if path else name
        if "items" in found:
            yield from conditions(found["items"], root, f"{steps}[]", depth - 1)
        else:
            yield from conditions(found, root, steps, depth - 1)


def _shape(schema: Schema) -> str:
    """Return the name of the envelope's shape that a schema refers to; empty for none."""
    reference = schema.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _number(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None and most is not None:
        return f"whole number, {least} to {most}"
    if least is not None:
        return f"whole number, at least {least}"
    return "whole number" if most is None else f"whole number, at most {most}"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
