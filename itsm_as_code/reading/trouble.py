"""Where a parser gave up on a text, and the anatomy of a line: indentation, dashes, name, value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Cause = tuple[int, int, str]
"""Line and column of what must be edited, from 1, and what is wrong with it in words."""

# These read lines of a million characters: nothing in them may be matched in two ways.
FIELD = re.compile(
    r"""(?P<indent>\ *)(?P<dashes>(?:-\ +)*)
        (?P<name>"[^"]*"\s*|'[^']*'\s*|[^\s"'\[\]{},&*!|>%@`#:-][^:]*):(?:[ \t]+|$)(?P<value>.*)""",
    re.VERBOSE,
)
_ITEM = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<value>.*)")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where a parser gave up, with its words: `opened` is the place of what it was reading, if it told one."""

    lines: Sequence[str]
    line: int
    column: int
    opened: tuple[int, int] | None
    problem: str
    context: str
    at_end: bool
    """Nothing but blank lines follows."""

    @property
    def shown(self) -> str:
        """The line at which the parser gave up; empty after the last one."""
        return self.lines[self.line - 1] if self.line <= len(self.lines) else ""

    def above(self, line: int) -> int:
        """Return the number of the last line above that is neither blank nor a comment; 0 where there is none."""
        for number in range(line - 1, 0, -1):
            if self.lines[number - 1].strip()[:1] not in ("", "#"):
                return number
        return 0


def value_of(line: str) -> tuple[int, str]:
    """Return the index and the text of a line's value, after its dashes and its field's name."""
    match = FIELD.match(line) or _ITEM.match(line)
    return (match.start("value"), match["value"]) if match else (0, line)


def indent_of(line: str) -> int:
    """Return the number of spaces that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def column_of(line: str) -> int:
    """Return the index of a line's field, after its dashes; its indentation where it has none."""
    field = FIELD.match(line)
    return field.start("name") if field else indent_of(line)


def begins_field(line: str, indent: int) -> bool:
    """Return whether a line begins a field or an item no further in than `indent`."""
    return indent_of(line) <= indent and bool(FIELD.match(line) or line.lstrip(" ").startswith("- "))


def outside_blocks(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that have content, with their numbers, without comments and blocks of text."""
    block = -1
    for number, line in enumerate(lines, 1):
        content = line.lstrip(" ")
        if not content.strip():
            continue
        indent = len(line) - len(content)
        if block >= 0 and indent > block:
            continue
        block = -1
        if content[0] == "#":
            continue
        if "|" in line or ">" in line:
            start, value = value_of(line)
            field = FIELD.match(line)
            block = (field.start("name") if field else start - 2) if _BLOCK.match(value) else -1
        yield number, line
