"""Tells what is wrong within brackets: one that is not closed, a comma that is missing, a value that needs quotes."""

import re
from collections.abc import Sequence

from itsm_as_code.model.words import shortened
from itsm_as_code.reading.trouble import Cause, Trouble, begins_field, column_of, outside_blocks

_BRACKET = re.compile(r"""(?<=[\[{,:\s])(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*')|\s\#.*|[\[\]{}]""")
# A name before the colon at the end, with something before it on its line that is no comma.
_LATE_NAME = re.compile(r"""(?<=[^\s,{][ \t])(?P<name>[A-Za-z_][\w-]*):\Z""")


def missing_value(trouble: Trouble) -> Cause | None:
    """Return what is wrong where a value in brackets is expected and none is there."""
    found = trouble.shown[trouble.column - 1 : trouble.column]
    if trouble.at_end or (found == "-" and not trouble.shown[: trouble.column - 1].strip()):
        return _last_open(trouble.lines[: trouble.line - (not trouble.at_end)])
    if found == ":" and trouble.shown[trouble.column : trouble.column + 1].strip(" ,]}"):
        return trouble.line, trouble.column, "a value that begins with : must be in quotes"
    message = {
        ",": "a value is missing before this comma; write it, or delete the comma",
        ":": "a field name is missing before this colon; write it, or delete the colon",
    }.get(found)
    return (trouble.line, trouble.column, message) if message else None


def _last_open(lines: Sequence[str]) -> Cause | None:
    opened: list[tuple[int, int, str]] = []
    for number, line in outside_blocks(lines):
        for match in _BRACKET.finditer(line):
            if match[0] in ("[", "{"):
                opened.append((number, match.start() + 1, match[0]))
            elif match[0] in ("]", "}") and opened:
                opened.pop()
    return _never_closed(lines, *opened[-1]) if opened else None


def _never_closed(lines: Sequence[str], line: int, column: int, bracket: str) -> Cause:
    comment = lines[line - 1].find(" #", column)
    if comment >= 0:
        words = f"this # begins a comment, so that the {bracket} before it is not closed; put the text in quotes"
        return line, comment + 2, words
    close = "]" if bracket == "[" else "}"
    return line, column, f"the {bracket} is not closed; close it with {close}, or put the value in quotes if it is text"


def in_brackets(trouble: Trouble, line: int, column: int) -> Cause | None:
    """Return what is wrong between the bracket opened at a place and the trouble."""
    bracket = trouble.lines[line - 1][column - 1 : column]
    if bracket not in ("[", "{"):
        return None
    opening, shown, at = trouble.lines[line - 1], trouble.shown, trouble.column - 1
    # A bracket at the very start of the file holds all of it: its lines may stand anywhere.
    outer = column_of(opening) if opening[: column - 1].strip() else -1
    if trouble.at_end or (trouble.line > line and begins_field(shown, outer)):
        return _never_closed(trouble.lines, line, column, bracket)
    above = trouble.above(trouble.line)
    before = trouble.lines[above - 1].rstrip() if above >= line else ""
    if before and (cause := _between_lines(trouble, above)):
        return cause
    if bracket == "{" and (named := _LATE_NAME.search(shown, 0, at + 1)):
        words = f'a comma is missing before {shortened(named["name"])}, or the value must be in quotes to hold ": "'
        return trouble.line, named.start("name") + 1, words
    message = _between(shown[:at].rstrip()[-1:], shown[at : at + 1], bracket, line)
    return (trouble.line, trouble.column, message) if message else None


def _between_lines(trouble: Trouble, above: int) -> Cause | None:
    """Return what is wrong with the end of the line above, or with how this one goes on."""
    before, at = trouble.lines[above - 1].rstrip(), trouble.column - 1
    is_colon, begins = trouble.shown[at : at + 1] == ":", not trouble.shown[:at].strip()
    if is_colon and " //" in before:
        return above, before.index(" //") + 2, "a comment begins with #, not with //"
    if is_colon and begins:
        return trouble.line, at + 1, "a colon must stand on the line of its field name, right after it"
    if begins and not before.endswith((",", "[", "{")):
        return above, len(before) + 1, "a comma is missing at the end of this line"
    return None


def _between(before: str, found: str, bracket: str, line: int) -> str:
    """Return what is wrong with a character in brackets; empty where it tells nothing."""
    if found in ("]", "}"):
        return f"expected {'}' if found == ']' else ']'}, which closes the {bracket} of line {line}, and not {found}"
    if found == ":":
        return 'a second ": " in this value; put the value in quotes, or a comma is missing'
    if before in ('"', "'"):
        return "text follows the closing quote; a comma or a quote is missing before it"
    return f"a bracket {found} in a text; put the value in quotes" if found in ("[", "{") else ""
