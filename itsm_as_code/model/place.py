"""Where something stands: field paths inside a record, places inside a file."""

import os
from dataclasses import dataclass
from typing import Any

FieldPath = tuple[str | int, ...]
"""Keys and list positions from the record's root, e.g. ``("cis", 0, "ci")``."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


def value_inside(value: Any, step: str | int) -> Any:  # noqa: ANN401 - any YAML value
    """Return what a mapping holds at a key, or a list at a position; None where nothing is."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def value_at(value: Any, path: FieldPath) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value that a path leads to; None where it leads nowhere."""
    for step in path:
        value = value_inside(value, step)
    return value


def format_path(path: FieldPath) -> str:
    """Return the path as people write it: ``cis[0].ci``; the root is the empty string."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def printable(path: str) -> str:
    """Return a file's path as one line of text that a terminal and JSON can show; odd bytes become escapes."""
    if path.isprintable():
        return path
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)
