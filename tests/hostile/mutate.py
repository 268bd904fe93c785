"""Random harm to a file: to its bytes, to its lines, and to its values."""

import json
from copy import deepcopy
from random import Random
from typing import Any

WORDS = (
    "null", "true", "~", "1e999999", "-1", "0", "99999999999999999999", "''", "[]", "{}", "[[]]", "{a: {b: c}}",
    "[1, a]",
    "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-02-30", "2026-03-04", "person:alice", "ci:web-01",
    "team:", ":", "INC-20260304-k7qz", "PT9999999H", "*", "&a b", "!!str x", "<<: a", '"\\0"', '"\\uFFFF"',
    "\u202e", "Ünï",
)  # fmt: skip
"""Values that are odd where something else is expected."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**14, "", " ", "x", "x" * 5000, "\0", "é", "person:nobody", "ci:", "2026-13-01",
    "PT1H", "P", [], {}, [[]], [None], [{}], {"": None}, {"at": 1}, ["ci:web-01"] * 3, {"ci": "ci:web-01"},
    "2026-03-04T03:07:00+01:00",
    "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "internal", "closed", "high", "23:59-00:00", "24:00",
)  # fmt: skip


def harmed(data: bytes, value: Any, random: Random) -> bytes:  # noqa: ANN401 - any YAML value
    """Return the bytes of a file, whose values are `value`, with some harm done."""
    harm = random.choice((_bytes, _lines, _words, _values, _values, _values))
    return harm(data, value, random)


def _bytes(data: bytes, _value: Any, random: Random) -> bytes:  # noqa: ANN401 - as above
    harmed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(harmed) + 1)
        match random.randrange(4):
            case 0:
                harmed[place:place] = bytes([random.randrange(256)])
            case 1:
                del harmed[place : place + random.randint(1, 30)]
            case 2:
                harmed[place : place + 1] = random.choice(b"\n\t :-[]{}#&*!|>'\"%@`,?\\").to_bytes(1, "big")
            case _:
                end = place + random.randint(1, 60)
                harmed[place:place] = harmed[place:end]
    return bytes(harmed)


def _lines(data: bytes, _value: Any, random: Random) -> bytes:  # noqa: ANN401 - as above
    lines = data.split(b"\n")
    for _ in range(random.randint(1, 3)):
        one, other = random.randrange(len(lines)), random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                lines[one], lines[other] = lines[other], lines[one]
            case 1:
                lines.insert(one, lines[other])
            case 2:
                lines[one] = b" " * random.randint(0, 6) + lines[one].lstrip()
            case _:
                lines[one] = b""
    return b"\n".join(lines)


def _words(data: bytes, _value: Any, random: Random) -> bytes:  # noqa: ANN401 - as above
    lines = data.decode().split("\n")
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(lines))
        field, colon, _ = lines[place].partition(": ")
        lines[place] = f"{field}{colon or ': '}{random.choice(WORDS)}"
    return "\n".join(lines).encode()


def _values(_data: bytes, value: Any, random: Random) -> bytes:  # noqa: ANN401 - as above
    tree = deepcopy(value)
    for _ in range(random.randint(1, 4)):
        _replace(tree, random)
    return json.dumps(tree, ensure_ascii=False).encode()


def _replace(tree: Any, random: Random) -> None:  # noqa: ANN401 - as above
    """Put an odd value somewhere in a tree, take something out, or put one part in the place of another."""
    holders = [holder for holder in _holders(tree) if holder]
    if not holders:
        return
    holder = random.choice(holders)
    step = random.choice(list(holder)) if isinstance(holder, dict) else random.randrange(len(holder))
    match random.randrange(4):
        case 0:
            del holder[step]
        case 1:
            other = random.choice(holders)
            part = random.choice(list(other.values()) if isinstance(other, dict) else other)
            holder[step] = deepcopy(part)
        case _:
            holder[step] = deepcopy(random.choice(VALUES))


def _holders(tree: Any) -> list[Any]:  # noqa: ANN401 - as above
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [
        *([tree] if isinstance(tree, dict | list) else []),
        *(holder for part in inner for holder in _holders(part)),
    ]
