"""Reads `baseline.json`: closed, and refused with the place of the first thing wrong."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.baseline import FILE, Baseline, Known
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.jsonc import Node, NotJsonError, parse_jsonc

MAX_BYTES = 16 * 1024 * 1024
"""A hundred thousand findings; whoever has more of them turns a rule off first."""
_HINT = "itsm lint --write-baseline writes this file; undo the edit, or delete the file and write it again"
_MARKERS = ("<<<<<<< ", ">>>>>>> ")
_TEXTS = ("file", "rule", "field", "message")
_FIELDS = frozenset({*_TEXTS, "count"})
_TOP = frozenset({"format", "known"})
_MOST = 1_000_000
"""Findings alike that one entry may know."""


class _TwiceError(ValueError):
    """An object has a key twice; says which."""


def read_baseline(data: bytes) -> Baseline:
    """Return the baseline that the bytes say.

    An entry that stands there twice, as after a merge, counts once. Raises ItsmError that names the first thing wrong
    with its place.
    """
    if len(data) > MAX_BYTES:
        message = f"{FILE} is larger than {MAX_BYTES:,} bytes"
        raise ItsmError(message, "mend some of what it knows, or turn a rule off in itsm.yaml, and write it again")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{FILE}:{line}:1: this line is not UTF-8"
        raise ItsmError(message, _HINT) from error
    value = _parsed(text)
    for path, words in _faults(value):
        place = _place(text, path)
        message = f"{FILE}{place}: {words}"
        raise ItsmError(message, _HINT)
    counts: dict[Known, int] = {}
    for entry in value["known"]:
        known = Known(*(entry[name] for name in _TEXTS))
        counts[known] = max(counts.get(known, 0), entry.get("count", 1))
    return Baseline(counts)


def _parsed(text: str) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        if line.startswith(_MARKERS):
            message = f"{FILE}:{error.lineno}:1: a merge conflict stands here"
            raise ItsmError(
                message, "keep the lines of both sides, delete those of git, then itsm lint --write-baseline"
            ) from error
        message = f"{FILE}:{error.lineno}:{error.colno}: this is not JSON: {error.msg.lower()}"
        raise ItsmError(message, _HINT) from error
    except _TwiceError as error:
        message = f"{FILE}: {error} is given twice in one object"
        raise ItsmError(message, _HINT) from error
    except (ValueError, RecursionError) as error:
        # Thousands of brackets, or of digits.
        message = f"{FILE} is nested too deeply, or holds a number without end"
        raise ItsmError(message, _HINT) from error


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(shortened(next(name for name in names if names.count(name) > 1)))
    return value


def _faults(value: Any) -> Iterator[tuple[Sequence[str | int], str]]:  # noqa: ANN401 - any JSON value
    """Yield what is wrong, with its path; nothing may be read behind a fault."""
    if not isinstance(value, dict):
        yield (), "an object is wanted"
        return
    for name in value.keys() - _TOP:
        yield (name,), f"unknown field {shortened(name)}"
    if value.get("format") != 1 or isinstance(value.get("format"), bool):
        yield (("format",) if "format" in value else ()), 'it must say "format": 1; another version of itsm wrote it'
    if not isinstance(value.get("known"), list):
        yield (("known",) if "known" in value else ()), "known must be a list"
        return
    for position, entry in enumerate(value["known"]):
        words = _entry_fault(entry)
        if words:
            yield ("known", position), words


def _entry_fault(entry: Any) -> str:  # noqa: ANN401 - any JSON value
    if not isinstance(entry, dict):
        return "an entry is an object: file, rule, field and message"
    unknown = sorted(entry.keys() - _FIELDS)
    if unknown:
        return f"unknown field {shortened(unknown[0])}"
    for name in _TEXTS:
        if not isinstance(entry.get(name), str):
            return f"{name} must be a text"
        if name != "field" and not entry[name]:
            return f"{name} is empty"
    count = entry.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= _MOST:
        return f"count must be a whole number from 1 to {_MOST:,}"
    return ""


def _place(text: str, path: Sequence[str | int]) -> str:
    """Return ``:line:column`` of what a path leads to; only a file at fault is gone through for it."""
    try:
        node = parse_jsonc(text)
    except NotJsonError:
        return ""
    at = node.start if node is not None else 0
    for step in path:
        if node is None:
            break
        at, node = _inside(node, step)
    return f":{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def _inside(node: Node, step: str | int) -> tuple[int, Node]:
    if isinstance(step, int):
        return node.items[step].start, node.items[step]
    return node.members[step].start, node.members[step].node
