"""Tells why a line does not fit the lines above it: what is left over, a list among fields, indentation."""

import re
from collections.abc import Iterator

from itsm_as_code.reading.colons import no_field
from itsm_as_code.reading.trouble import FIELD, Cause, Trouble, indent_of, value_of

_NAME = re.compile(r"[A-Za-z_][\w-]*:(?: |$)")


def misfit(trouble: Trouble) -> Cause | None:
    """Return why the line of the trouble does not fit; None where this is no such trouble."""
    if "document start" in trouble.problem or "document start" in trouble.context:
        return _after_the_end(trouble)
    if "alias" in trouble.context and trouble.shown.lstrip().startswith("* ") and trouble.above(trouble.line):
        message = "a line cannot begin with *; write text of many lines below `field: |`, indented"
        return trouble.line, indent_of(trouble.shown) + 1, message
    if "parsing a block" not in trouble.context or "node" in trouble.context or trouble.at_end:
        return None
    if trouble.shown[: trouble.column - 1].strip():
        return _left_over(trouble)
    return (
        _no_dash(trouble)
        or _cut_off(trouble)
        or _wrong_sort(trouble)
        or _indentation(trouble)
        or no_field(trouble, trouble.line)
    )


def _after_the_end(trouble: Trouble) -> Cause:
    """Return why the record ended above."""
    for number in range(trouble.line - 1, 0, -1):
        if trouble.lines[number - 1].startswith("..."):
            return number, 1, "a line of three dots ends the record here; delete it"
    first = next((number for number in range(1, trouble.line) if trouble.above(number + 1) == number), 0)
    if first and indent_of(trouble.lines[first - 1]):
        message = f"this line is indented and line {trouble.line} is not; give all fields the same indentation"
        return first, indent_of(trouble.lines[first - 1]) + 1, message
    message = "this does not go on what stands above it; look for a colon that is missing there, or delete the line"
    return trouble.line, trouble.column, message


def _left_over(trouble: Trouble) -> Cause | None:
    """Return what is wrong where a value has ended and its line has not."""
    start, value = value_of(trouble.shown)
    if value[:1] == "*":
        return trouble.line, start + 1, "a value that begins with * must be in quotes"
    rest, before = trouble.shown[trouble.column - 1 :], trouble.shown[trouble.column - 2]
    message = ""
    if _NAME.match(rest):
        message = "a second field begins here; give it a line of its own"
    elif value.startswith('""'):
        message = "one quote too many before this; delete it"
    elif value[:1] in ("[", "{"):
        message = "text follows the closing bracket; if the whole value is text, put it in quotes"
        if rest[:1] in ("]", "}"):
            message = f"one closing {rest[0]} too many; delete it"
    elif value[:1] in ('"', "'"):
        other = "'" if value[0] == '"' else '"'
        message = f"text follows the closing quote; put the whole value in quotes of the other sort, {other}"
        if rest.startswith(","):
            message = "a comma follows the closing quote; delete it"
        elif value[0] == "'" and not before.isspace():
            message = "an apostrophe ended the quoted text; use double quotes around it, or write ''"
    return (trouble.line, trouble.column, message) if message else None


def _no_dash(trouble: Trouble) -> Cause | None:
    """Return where the first item of a list lacks its dash, so that the next one is the first with one."""
    above = trouble.above(trouble.line)
    text = trouble.lines[above - 1] if above else ""
    if trouble.shown.lstrip().startswith("- ") and text.lstrip()[:1] in ("{", "[") and indent_of(text):
        return above, indent_of(text) + 1, 'this list item lacks its dash, "- "'
    return None


def _cut_off(trouble: Trouble) -> Cause | None:
    """Return what ended the value that this line means to go on."""
    above = trouble.above(trouble.line)
    if not above or FIELD.match(trouble.shown) or trouble.shown.lstrip().startswith("- "):
        return None
    text = trouble.lines[above - 1]
    if " #" in text and not trouble.shown.startswith("#"):
        return above, text.index(" #") + 2, "this # begins a comment, which ends the value; put the value in quotes"
    for number in range(above, 0, -1):
        value = value_of(trouble.lines[number - 1])[1]
        if indent_of(trouble.lines[number - 1]) < indent_of(trouble.shown):
            if value[:1] in ("|", ">"):
                message = f"this line is not as far in as the first one below line {number}; indent the block alike"
                return trouble.line, indent_of(trouble.shown) + 1, message
            break
    return None


def _wrong_sort(trouble: Trouble) -> Cause | None:
    """Return what is wrong with an item among fields, or a field among items."""
    indent, is_item = indent_of(trouble.shown), trouble.shown.lstrip().startswith("- ")
    for number, column, item in _levels(trouble):
        if column != indent:
            continue
        message = ""
        if is_item and not item:
            why = "a list stands below a field without a value, as far in as its first item"
            if value_of(trouble.lines[number - 1])[1]:
                why = f"line {number} has its value already: delete one of the two"
            message = f"a list item among fields; {why}"
        elif item and FIELD.match(trouble.shown) and not is_item:
            message = f"a field among list items; indent it like the text of line {number} or like the list's field"
        return (trouble.line, indent + 1, message) if message else None
    return None


def _indentation(trouble: Trouble) -> Cause | None:
    indent = indent_of(trouble.shown)
    columns = sorted({column for _, column, _ in _levels(trouble)})
    if indent in columns or not columns:
        return None
    lower = [column for column in columns if column < indent][-1:]
    higher = [column for column in columns if column > indent][:1]
    allowed = " or ".join(map(str, lower + higher))
    message = f"this line is indented by {indent}, which no line above it is; make it {allowed}"
    return trouble.line, indent + 1, message


def _levels(trouble: Trouble) -> Iterator[tuple[int, int, bool]]:
    """Yield line, column and whether it is an item's, of the fields and items that are open above the trouble."""
    lowest = -1
    for number in range(trouble.line - 1, 0, -1):
        line = trouble.lines[number - 1]
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if content.strip()[:1] in ("", "#") or (lowest >= 0 and indent >= lowest):
            continue
        field = FIELD.match(line)
        if field and field.start("name") > indent and field["dashes"]:
            yield number, field.start("name"), False
        if field or content.startswith("-"):
            yield number, indent, content.startswith("-")
            lowest = indent
        if indent == 0:
            return
