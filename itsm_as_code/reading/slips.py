"""Looks above the place where a parser gave up for what no valid text has: open quotes, odd characters, pasted text."""

import re
from collections.abc import Sequence

from itsm_as_code.reading.looseness import ODD_SPACE, special_space
from itsm_as_code.reading.trouble import Cause, Trouble, begins_field, column_of, outside_blocks, value_of

_REST = {'"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"'), "'": re.compile(r"[^']*(?:''[^']*)*'")}
"""What goes on quoted text, to its closing quote."""
_FLOW_QUOTE = re.compile(r"""[\[{,:]\s*(["'])""")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")
_DIFF = re.compile(r"@@ -\d+(?:,\d+)? \+\d+|diff --git |--- a/|\+\+\+ b/")
_ODD_COLON = re.compile(rf"\s*(?:- +)*[\w-]+\s?(?P<colon>[\uff1a\ufe55\ufe13]|:{ODD_SPACE.pattern})")
_ODD_INDENT = re.compile(rf" *(?:- +)*(?P<space>{ODD_SPACE.pattern})")


def slip_above(trouble: Trouble) -> Cause | None:
    """Return the first slip above the trouble, or at it, that no valid text has."""
    read = trouble.lines[: trouble.line]
    for number, line in enumerate(read, 1):
        if _CONFLICT.match(line):
            return number, 1, "a merge conflict was left here; keep one side and delete the markers"
        if _DIFF.match(line):
            return number, 1, "this is a line of a diff; take over the lines themselves, without their first column"
    return _unclosed_quote(trouble) or (None if all(map(str.isascii, read)) else _odd_characters(read))


def _odd_characters(lines: Sequence[str]) -> Cause | None:
    for number, line in outside_blocks(lines):
        if line.isascii():
            continue
        if match := _ODD_INDENT.match(line):
            return number, match.start("space") + 1, special_space(match["space"])
        if match := _ODD_COLON.match(line):
            return number, match.start("colon") + 1, 'expected a plain colon and a plain space, ": "; type them again'
    return None


def _unclosed_quote(trouble: Trouble) -> Cause | None:
    """Return the first quote that is not closed on its line and swallows what looks like a field or an item."""
    closed_at = 0
    for number, line in outside_blocks(trouble.lines[: trouble.line]):
        if number <= closed_at or ('"' not in line and "'" not in line):
            continue
        opened = _open_quote(line)
        if opened is None:
            continue
        index, outer = opened
        for below in range(number + 1, len(trouble.lines) + 1):
            text = trouble.lines[below - 1]
            if begins_field(text, outer):
                return number, index + 1, f"the quote {line[index]} is not closed on this line; close it"
            if _REST[line[index]].match(text):
                closed_at = below
                break
        else:
            return None
    return None


def _open_quote(line: str) -> tuple[int, int] | None:
    """Return the index of a quote that this line opens and does not close, and the indentation of its field."""
    start, value = value_of(line)
    if value[:1] in _REST:
        return None if _REST[value[0]].match(line, start + 1) else (start, column_of(line))
    if value[:1] in ("[", "{"):
        at = start
        while match := _FLOW_QUOTE.search(line, at):
            closed = _REST[match[1]].match(line, match.end())
            if not closed:
                return match.start(1), column_of(line)
            at = closed.end()
    return None
