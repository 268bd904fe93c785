"""Reads JSON as editors keep their settings, with comments and trailing commas, and where each value stands."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_BLANK = re.compile(r"[ \t\r\n]+|//[^\r\n]*|/\*(?s:.*?)\*/")
_SCALAR = re.compile(r'["\-0-9]|(?:true|false|null)\b')
_DECODER = json.JSONDecoder()
_DEEPEST = 100


class NotJsonError(ValueError):
    """A text is no JSON; says where and why."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands in the text: `start` to `end`.

    `members` are those of an object, by key; `trailing` says that a comma follows the last of them, or the last item;
    `items` are those of a list. `repeated` are keys that are written twice.
    """

    value: Any
    start: int
    end: int
    members: Mapping[str, "Member"] = field(default_factory=dict)
    items: tuple["Node", ...] = ()
    trailing: bool = False
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: where its key begins, its value, and where the comma after it ends (else the value)."""

    start: int
    node: Node
    end: int


def parse_jsonc(text: str) -> Node | None:
    """Return what a text says; None where it says nothing at all, as an editor's settings may.

    A byte order mark may stand in front. Raises NotJsonError.
    """
    start = _skip(text, 1 if text.startswith("\ufeff") else 0)
    if start == len(text):
        return None
    node = _value(text, start, 0)
    after = _skip(text, node.end)
    if after != len(text):
        raise _error(text, after, "something follows its end")
    return node


def _skip(text: str, at: int) -> int:
    # A loop, since the first versions of Python 3.11 get possessive groups wrong.
    while match := _BLANK.match(text, at):
        at = match.end()
    return at


def _error(text: str, at: int, words: str) -> NotJsonError:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return NotJsonError(f"line {line}, column {column}: {words}")


def _value(text: str, at: int, depth: int) -> Node:
    if depth > _DEEPEST:
        raise _error(text, at, "nested too deeply")
    letter = text[at : at + 1]
    if letter == "{":
        return _object(text, at, depth)
    if letter == "[":
        return _list(text, at, depth)
    if _SCALAR.match(text, at) is None:
        raise _error(text, at, "a value is wanted")
    try:
        value, end = _DECODER.raw_decode(text, at)
    except ValueError as error:
        raise _error(text, at, "this value is not closed, or not JSON") from error
    return Node(value, at, end)


def _object(text: str, start: int, depth: int) -> Node:
    members: dict[str, Member] = {}
    repeated = []
    at, comma = _skip(text, start + 1), True
    while text[at : at + 1] != "}":
        if not comma:
            raise _error(text, at, "a comma or } is wanted")
        if text[at : at + 1] != '"':
            raise _error(text, at, "a key in double quotes is wanted")
        key = _value(text, at, depth)
        colon = _skip(text, key.end)
        if text[colon : colon + 1] != ":":
            raise _error(text, colon, "a colon is wanted")
        node = _value(text, _skip(text, colon + 1), depth + 1)
        end, comma = _past_comma(text, node.end)
        if key.value in members:
            repeated.append(key.value)
        members[key.value] = Member(at, node, end)
        at = _skip(text, end)
    value = {key: member.node.value for key, member in members.items()}
    return Node(value, start, at + 1, members, trailing=comma and bool(members), repeated=tuple(repeated))


def _list(text: str, start: int, depth: int) -> Node:
    items: list[Node] = []
    at, comma = _skip(text, start + 1), True
    while text[at : at + 1] != "]":
        if not comma:
            raise _error(text, at, "a comma or ] is wanted")
        items.append(_value(text, at, depth + 1))
        end, comma = _past_comma(text, items[-1].end)
        at = _skip(text, end)
    return Node([item.value for item in items], start, at + 1, items=tuple(items), trailing=comma and bool(items))


def _past_comma(text: str, end: int) -> tuple[int, bool]:
    """Return where a value and the comma after it end, and whether there is one."""
    after = _skip(text, end)
    return (after + 1, True) if text[after : after + 1] == "," else (end, False)
