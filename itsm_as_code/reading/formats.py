"""Our own checks of the formats that schemas name: date-time, date, duration, uri, email."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.times import parse_date, parse_duration, parse_time
from itsm_as_code.reading.format_words import EXAMPLES, format_words, is_naive, naive_words
from itsm_as_code.reading.references import target

_EMAIL = re.compile(r"[^@\s\"<>]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.ASCII)

Check = Callable[[str], bool]
Walk = Callable[[Any, FieldPath], Iterator[tuple[FieldPath, str, str]]]


def _is_uri(text: str) -> bool:
    if _URI.fullmatch(text) is None:
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises ValueError for a bad port
    except ValueError:
        return False
    return bool(parts.netloc) if parts.scheme in ("http", "https") else True


FORMATS: Mapping[str, tuple[Check, str]] = {
    "date-time": (lambda text: parse_time(text) is not None, EXAMPLES["date-time"]),
    "date": (lambda text: parse_date(text) is not None, EXAMPLES["date"]),
    "duration": (lambda text: parse_duration(text) is not None, EXAMPLES["duration"]),
    "uri": (_is_uri, EXAMPLES["uri"]),
    "email": (lambda text: _EMAIL.fullmatch(text) is not None, EXAMPLES["email"]),
}


def format_fault(file: str, path: FieldPath, name: str, text: str, zone: str) -> Fault:
    """Return the fault for a text that is not of the format; a time without an offset has a rule of its own.

    `zone` is the organisation's time zone, in which such a time is likely to be.
    """
    if name == "date-time" and is_naive(text):
        return Fault(file, path, naive_words(text, zone), rule="naive-time")
    return Fault(file, path, format_words(name, text), rule="schema-format")


def compile_formats(schema: Mapping[str, Any]) -> Walk:
    """Return a walk that yields path, format and text of each value that is not of its schema's format.

    Formats count under properties, items, additionalProperties, allOf and $ref, where they hold always;
    inside if/then/else, anyOf and oneOf they are not looked at.
    """
    walk = _compile(schema, schema, ())
    return walk if walk is not None else lambda _value, _path: iter(())


def _compile(schema: Any, root: Mapping[str, Any], seen: tuple[str, ...]) -> Walk | None:  # noqa: ANN401 - a schema may be a boolean
    if not isinstance(schema, dict):
        return None
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference in seen:
            return None
        referred = _compile(target(reference, root), root, (*seen, reference))
    else:
        referred = None
    parts = [
        referred,
        _text_walk(str(schema.get("format"))),
        _mapping_walk(schema, root, seen),
        _list_walk(_compile(schema.get("items"), root, seen)),
        *(_compile(part, root, seen) for part in schema.get("allOf", ())),
    ]
    walks = [part for part in parts if part is not None]
    if len(walks) <= 1:
        return walks[0] if walks else None
    return lambda value, path: (fault for walk in walks for fault in walk(value, path))


def _text_walk(name: str) -> Walk | None:
    if name not in FORMATS:
        return None
    check = FORMATS[name][0]

    def walk(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str, str]]:  # noqa: ANN401 - any YAML value
        if isinstance(value, str) and not check(value):
            yield path, name, value

    return walk


def _mapping_walk(schema: Mapping[str, Any], root: Mapping[str, Any], seen: tuple[str, ...]) -> Walk | None:
    named = {
        name: found
        for name, inner in schema.get("properties", {}).items()
        if (found := _compile(inner, root, seen)) is not None
    }
    others = _compile(schema.get("additionalProperties"), root, seen)
    known = frozenset(schema.get("properties", ()))
    if not named and others is None:
        return None

    def walk(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str, str]]:  # noqa: ANN401 - any YAML value
        if not isinstance(value, dict):
            return
        for key, inner in value.items():
            if key in named:
                yield from named[key](inner, (*path, key))
            elif others is not None and key not in known:
                yield from others(inner, (*path, key))

    return walk


def _list_walk(item: Walk | None) -> Walk | None:
    if item is None:
        return None

    def walk(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str, str]]:  # noqa: ANN401 - any YAML value
        if isinstance(value, list):
            for number, inner in enumerate(value):
                yield from item(inner, (*path, number))

    return walk
