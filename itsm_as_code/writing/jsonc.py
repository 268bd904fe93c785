"""Adds to JSON with comments, text in, text out: every byte that need not change stays as it is."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.reading.jsonc import Node, NotJsonError, parse_jsonc

Edit = tuple[int, int, str]
_INDENT = re.compile(r"[ \t]*")


def merge_jsonc(text: str, wanted: Mapping[str, Any]) -> str:
    """Return the text with what is wanted in it: objects are merged, lists get what they lack, the rest is set.

    None takes a member away. Raises NotJsonError where the text is no JSON, or holds something else where an object
    or a list is wanted, or a key twice, so that nobody knows which counts.
    """
    node = parse_jsonc(text)
    if node is None:
        return f"{text.rstrip()}\n{_spelt(_without_none(wanted), '  ', '', _line_end(text))}\n".lstrip("\n")
    expected = _merged(node, wanted, ())
    for edits in (_removals, _additions):
        found = parse_jsonc(text)
        assert found is not None  # noqa: S101 - it was some JSON above, and an edit never empties it
        text = _edited(text, edits(text, found, wanted))
    result = parse_jsonc(text)
    if result is None or result.value != expected:
        raise NotJsonError("it cannot be added to safely")
    return text


def _merged(node: Node, wanted: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any]:
    """Return the value that the text must have afterwards."""
    where = ".".join(path)
    if not isinstance(node.value, dict):
        raise NotJsonError(f"{where} is no object" if path else "it holds no object")
    twice = next((key for key in node.repeated if key in wanted), None)
    if twice is not None:
        raise NotJsonError(f"it has {'.'.join((*path, twice))} twice")
    value = dict(node.value)
    for key, part in wanted.items():
        there = node.members.get(key)
        if part is None:
            value.pop(key, None)
        elif there is None:
            value[key] = _without_none(part)
        elif isinstance(part, dict):
            value[key] = _merged(there.node, part, (*path, key))
        elif isinstance(part, list):
            if not isinstance(there.node.value, list):
                raise NotJsonError(f"{'.'.join((*path, key))} is no list")
            value[key] = [*there.node.value, *_lacking(there.node, part)]
        else:
            value[key] = part
    return value


def _lacking(node: Node, items: Sequence[Any]) -> Sequence[Any]:
    return [item for item in items if item not in node.value]


def _without_none(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _without_none(inner) for key, inner in value.items() if inner is not None}
    return value


def _removals(text: str, node: Node, wanted: Mapping[str, Any]) -> Iterator[Edit]:
    for key, part in wanted.items():
        member = node.members.get(key)
        if member is not None and part is None:
            yield len(text[: member.start].rstrip()), member.end, ""
        elif member is not None and isinstance(part, dict):
            yield from _removals(text, member.node, part)


def _additions(text: str, node: Node, wanted: Mapping[str, Any]) -> Iterator[Edit]:
    missing: list[str] = []
    for key, part in wanted.items():
        member = node.members.get(key)
        if part is None:
            continue
        if member is None:
            unit, indent = _indents(text, node)
            spelt = _spelt(_without_none(part), unit, indent, _line_end(text))
            missing.append(f"{json.dumps(key, ensure_ascii=False)}: {spelt}")
        elif isinstance(part, dict):
            yield from _additions(text, member.node, part)
        elif isinstance(part, list):
            lacking = [json.dumps(item, ensure_ascii=False) for item in _lacking(member.node, part)]
            yield from _insertion(text, member.node, lacking)
        elif member.node.value != part or type(member.node.value) is not type(part):
            yield member.node.start, member.node.end, json.dumps(part, ensure_ascii=False)
    yield from _insertion(text, node, missing)


def _insertion(text: str, node: Node, parts: Sequence[str]) -> Iterator[Edit]:
    """Yield the edits that put members or items behind the last one of an object or list."""
    if not parts:
        return
    new_line = _line_end(text)
    _unit, indent = _indents(text, node)
    last = max((child.end for child in _children(node)), default=None)
    if last is not None and not node.trailing:
        yield last, last, ","
    inside = text[node.start + 1 : node.end - 1]
    end = node.start + 1 + len(inside.rstrip())
    on_one_line = "\n" not in text[end : node.end]
    lines = f",{new_line}{indent}".join(parts)
    closing = f"{new_line}{_line_indent(text, node.start)}" if on_one_line else ""
    yield end, end, f"{new_line}{indent}{lines}{',' if node.trailing else ''}{closing}"


def _children(node: Node) -> Sequence[Node]:
    return [member.node for member in node.members.values()] or node.items


def _indents(text: str, node: Node) -> tuple[str, str]:
    """Return the indentation of one level, and that of the children of an object or list."""
    outer = _line_indent(text, node.start)
    for child in [member.start for member in node.members.values()] or [item.start for item in node.items]:
        start = text.rfind("\n", 0, child) + 1
        found = text[start:child]
        if start and not found.strip() and found.startswith(outer) and found != outer:
            return found.removeprefix(outer), found
    unit = "\t" if "\n\t" in text else "  "
    return unit, outer + unit


def _line_indent(text: str, at: int) -> str:
    match = _INDENT.match(text, text.rfind("\n", 0, at) + 1)
    return match[0] if match is not None else ""


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _spelt(value: Any, unit: str, indent: str, new_line: str) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, ensure_ascii=False, indent=unit).replace("\n", f"{new_line}{indent}")


def _edited(text: str, edits: Iterator[Edit]) -> str:
    """Return the text with the edits made, which do not overlap; of two at one place the first comes first."""
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
