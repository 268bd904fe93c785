"""Checks the JSON Schema inside a kind: what it refers to, how large it is written out, its regular expressions."""

from collections.abc import Iterator, Mapping
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.patterns import PatternError, compile_pattern
from itsm_as_code.reading.references import ENVELOPE, target

MAX_SHAPES = 3000
"""Schemas of fields and conditions once every $ref is replaced by what it names; the largest shipped kind has 300."""
MAX_DEPTH = 40
"""Schemas inside one another once every $ref is replaced; a shipped kind has eight."""
MAX_PATTERNS = 100
"""Regular expressions of a schema; the shipped kind with most has a handful."""
_ONE = ("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else")
_LISTED = ("allOf", "anyOf", "oneOf")
_NAMED = ("properties", "$defs")

Said = tuple[FieldPath, str]
"""A field path of the schema, and what is wrong there."""


def schema_faults(document: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Said]:
    """Yield what is wrong with a schema that is well-formed; `root` has the definitions that it may refer to."""
    bad = list(_reference_faults(document, root))
    yield from bad
    if not bad:
        yield from _Written(root).faults(document)
    yield from _pattern_faults(document)


def subschemas(schema: object, path: FieldPath = ()) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
    """Yield a schema and every one inside it, with their paths; examples and values are none."""
    if isinstance(schema, dict):
        yield path, schema
        for step, inner in _inside(schema):
            yield from subschemas(inner, (*path, *step))


def _inside(schema: Mapping[str, Any]) -> Iterator[tuple[FieldPath, object]]:
    for word in _ONE:
        if word in schema:
            yield (word,), schema[word]
    for word in _LISTED:
        for number, inner in enumerate(schema.get(word, ())):
            yield (word, number), inner
    for word in _NAMED:
        for name, inner in schema.get(word, {}).items():
            yield (word, name), inner


def _reference_faults(document: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Said]:
    for path, schema in subschemas(document):
        name = _referred(schema)
        if name is not None:
            try:
                target(name, root)
            except (KeyError, TypeError):
                yield (*path, "$ref"), f"{shortened(schema['$ref'])} leads nowhere"


def _referred(schema: Mapping[str, Any]) -> str | None:
    """Return the local name of what a schema refers to; None where it does not, or to the envelope as a whole."""
    reference = schema.get("$ref")
    return reference.removeprefix(ENVELOPE) or None if isinstance(reference, str) else None


class _Written:
    """How large schemas are with each $ref replaced by what it names, each definition measured once."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._known: dict[str, tuple[int, int]] = {}
        self._open: list[str] = []

    def faults(self, document: Mapping[str, Any]) -> Iterator[Said]:
        try:
            shapes, depth = self._measure(document, (), 0)
        except _RefusedError as error:
            yield error.path, error.words
            return
        if depth > MAX_DEPTH:
            yield (), _TOO_DEEP
        elif shapes > MAX_SHAPES:
            yield (), f"with every $ref written out it has {_about(shapes)} shapes; at most {MAX_SHAPES:,} are taken"

    def _measure(self, schema: object, path: FieldPath, level: int) -> tuple[int, int]:
        """Return how many schemas there are in this one, itself included, and how deep they go."""
        if not isinstance(schema, dict):
            return 1, 1
        if level > MAX_DEPTH:
            raise _RefusedError(path[:6], _TOO_DEEP)
        shapes, depth = 1, 0
        for step, inner in _inside(schema):
            more, deeper = self._measure(inner, (*path, *step), level + 1)
            shapes, depth = shapes + more, max(depth, deeper)
        name = _referred(schema)
        if name is not None:
            more, deeper = self._measure_named(name, path, level)
            shapes, depth = shapes + more, max(depth, deeper)
        return shapes, depth + 1

    def _measure_named(self, name: str, path: FieldPath, level: int) -> tuple[int, int]:
        if name in self._open:
            raise _RefusedError((*path, "$ref"), f"{shortened(name)} leads back to itself; no shape can hold itself")
        if name not in self._known:
            self._open.append(name)
            self._known[name] = self._measure(target(name, self._root), _path_of(name), level + 1)
            self._open.pop()
        return self._known[name]


class _RefusedError(Exception):
    """Measuring cannot go on."""

    def __init__(self, path: FieldPath, words: str) -> None:
        super().__init__(words)
        self.path = path
        self.words = words


_TOO_DEEP = f"shapes stand in one another, by $ref or written out, more than {MAX_DEPTH} deep"


def _path_of(name: str) -> FieldPath:
    return tuple(name.removeprefix("#/").split("/"))


def _about(count: int) -> str:
    return f"{count:,}" if count < 10**9 else "billions of"


def _pattern_faults(document: Mapping[str, Any]) -> Iterator[Said]:
    found = [
        (path, schema["pattern"]) for path, schema in subschemas(document) if isinstance(schema.get("pattern"), str)
    ]
    if len(found) > MAX_PATTERNS:
        yield (), f"it has {len(found):,} regular expressions; at most {MAX_PATTERNS} are taken"
        return
    for path, pattern in found:
        try:
            compile_pattern(pattern)
        except PatternError as error:
            yield (*path, "pattern"), f"{shortened(pattern)} is not taken as a regular expression: {error}"
