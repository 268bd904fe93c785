"""Tells what is wrong with a colon: a second one in a value, one too few, one of the wrong sort."""

import re

from itsm_as_code.model.words import shortened
from itsm_as_code.reading.trouble import FIELD, Cause, Trouble, column_of, indent_of, value_of

_TIGHT = re.compile(r"""\s*(?:-\ +)*["']?[A-Za-z_][\w-]*["']?(?P<colon>:)[^\s:/]""", re.VERBOSE)
_NAME_AND_VALUE = re.compile(r"""\s*[\w-]+(?:\s+(?:["'\[{].*|\S+))?\s*$""")
_EQUALS = re.compile(r"\s*(?:- +)*[\w-]+\s?(?P<equals>=)")
_TYPOGRAPHIC = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb"


def extra_colon(trouble: Trouble) -> Cause:
    """Return what is wrong where a colon stands that may not."""
    line, column, shown = trouble.line, trouble.column, trouble.shown
    field = FIELD.match(shown)
    if field and field.end("name") < column - 1:
        if field["value"][:1] and field["value"][0] in _TYPOGRAPHIC:
            return line, field.start("value") + 1, f'{field["value"][0]} does not count as a quote; use " instead'
        for opening, close in (("{", "}"), ("[", "]")):
            if shown.rstrip().endswith(close) and opening not in shown:
                start = field.start("name") if field["dashes"] else field.start("value")
                return line, start + 1, f"the {close} at the end of this line closes a {opening} that is missing here"
        return line, column, 'a second ": " on this line; put the value in quotes'
    top, above = 0, trouble.above(line)
    while above and not _holds(trouble.lines[above - 1], indent_of(shown)):
        top, above = above, trouble.above(above)
    holder = trouble.lines[above - 1] if above else ""
    named = FIELD.match(holder)
    if value_of(holder)[1] and indent_of(shown) > column_of(holder):
        name = shortened(named["name"].strip()) if named else "the item"
        words = f"this line is further in than {name} of line {above} and so goes on its value; align the two, or quote"
        return line, indent_of(shown) + 1, f"{words} the whole value"
    return no_field(trouble, top) if top else (line, column, 'a second ": " in this value; put the value in quotes')


def _holds(line: str, indent: int) -> bool:
    """Return whether a line begins a field, or an item that a line indented by `indent` may go on."""
    return bool(FIELD.match(line)) or (line.lstrip().startswith("- ") and indent_of(line) < indent)


def no_field(trouble: Trouble, line: int) -> Cause:
    """Return what is wrong with a line that should be a field and has no name or no colon."""
    shown = trouble.lines[line - 1]
    column = indent_of(shown) + 1
    if match := _TIGHT.match(shown):
        return line, match.start("colon") + 1, "a space is missing after the colon"
    if match := _EQUALS.match(shown):
        return line, match.start("equals") + 1, 'expected "field: value", with a colon and not with ='
    if shown.startswith("```"):
        return line, 1, "a code fence of Markdown has no place here; delete the line"
    if shown.lstrip().startswith(":"):
        return line, column, "a field name is missing before this colon"
    above = trouble.above(line)
    if above and line == trouble.above(line + 1) and _goes_on(trouble.lines[above - 1], shown):
        return line, column, f'no "field: " on this line; if it goes on the value of line {above}, indent it further'
    return line, column, 'expected "field: value"; the colon is missing on this line'


def _goes_on(above: str, line: str) -> bool:
    """Return whether a line looks more like prose than like a field that lacks its colon."""
    return bool(above) and not _NAME_AND_VALUE.match(line)
