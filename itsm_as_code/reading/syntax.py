"""YAML's own errors in plain words, with the likely cause, at the place that must be edited."""

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.brackets import in_brackets, missing_value
from itsm_as_code.reading.colons import extra_colon, no_field
from itsm_as_code.reading.events import YamlError
from itsm_as_code.reading.misfits import misfit
from itsm_as_code.reading.slips import slip_above
from itsm_as_code.reading.trouble import Cause, Trouble

_WORDS = (
    # A piece of the problem or context as either parser words it, and what it means; the first that fits speaks.
    ("Unicode character escape code", "this escape names no character; write the character itself"),
    ("unknown escape", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("hexdecimal", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("escape sequence", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("document indicator", "a line that begins with --- or ... ends the record, and a quote is still open; close it"),
    ("quoted scalar", "a quote is not closed; close it"),
    ("flow node", "a value is missing here, or a bracket is opened above and not closed"),
    ("flow", 'expected "," or a closing bracket{opened}; a value that holds ", ", ": " or brackets must be in quotes'),
    (
        "sequence entries are not allowed",
        "a list begins below its field's name; a text that begins with - needs quotes",
    ),
    ("mapping keys are not allowed", "a value that begins with ? must be in quotes"),
    ("alias", "a value that begins with * must be in quotes"),
    ("anchor", "a value that begins with & must be in quotes"),
    ("tag", "a value that begins with ! must be in quotes"),
    (
        "block scalar",
        "text after | or > belongs on the next line, indented; a value that begins with them needs quotes",
    ),
    ("block mapping", "this line does not fit the lines above{opened}; check its indentation and what is left over"),
    ("block collection", "this line does not fit the lines above{opened}; check its indentation and what is left over"),
)
_AT_THEIR_BEGINNING = ("alias", "anchor", "tag", "block scalar")
_UNKNOWN = "this is no YAML, here or on the line above; look for a quote, bracket or colon that is missing or too many"


def syntax_fault(file: str, text: str, error: YamlError) -> Fault:
    """Return the finding for a text that is no YAML."""
    trouble = _trouble(text, error)
    if "nesting depth" in trouble.problem:
        return Fault.at("too-deep", file, "values are nested far too deep", trouble.line, trouble.column)
    shown = trouble.shown
    indent = shown[: len(shown) - len(shown.lstrip(" \t"))]
    above = slip_above(trouble)
    if above is None and "\t" in indent:
        message = "a tab indents this line; YAML wants spaces"
        return Fault.at("tab-indent", file, message, trouble.line, indent.index("\t") + 1)
    line, column, message = (
        above or _odd_line(trouble) or _slip_here(trouble) or misfit(trouble) or _translated(trouble)
    )
    return Fault.at("yaml-syntax", file, message, line, column)


def _trouble(text: str, error: YamlError) -> Trouble:
    lines = text.split("\n")
    mark, opener = error.problem_mark or error.context_mark, error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    at_end = not any(map(str.strip, lines[line - 1 :]))
    opened = (opener.line + 1, opener.column + 1) if opener else None
    return Trouble(lines, line, column, opened, error.problem or "", error.context or "", at_end=at_end)


def _odd_line(trouble: Trouble) -> Cause | None:
    """Return what is wrong with a line that begins with what is no part of any record."""
    if trouble.shown.startswith("%"):
        return trouble.line, 1, "a line cannot begin with %; put the text in quotes, or delete the line"
    if trouble.shown.startswith("...") and "block node" in trouble.context:
        return trouble.line, 1, "a line of three dots ends the record here; delete it"
    return None


def _slip_here(trouble: Trouble) -> Cause | None:
    """Return what is wrong at the place of the trouble itself, as far as the parser's words tell where to look."""
    if "mapping values are not allowed" in trouble.problem:
        return extra_colon(trouble)
    nothing = not trouble.shown[trouble.column - 1 : trouble.column].strip(" ")
    if "cannot start any token" in trouble.problem or ("block node" in trouble.context and not nothing):
        return _forbidden_start(trouble)
    if "flow node" in trouble.context:
        return missing_value(trouble)
    if trouble.opened and "could not find expected ':'" in trouble.problem:
        return no_field(trouble, trouble.opened[0])
    return in_brackets(trouble, *trouble.opened) if trouble.opened and "flow" in trouble.context else None


def _forbidden_start(trouble: Trouble) -> Cause:
    """Return what is wrong with a character that nothing may begin with."""
    line, column, shown = trouble.line, trouble.column, trouble.shown
    character = shown[column - 1 : column]
    if character == "\t":
        return line, column, "a tab stands here; use spaces"
    if shown.startswith("```"):
        return line, 1, "a code fence of Markdown has no place here; delete the line"
    if shown.lstrip().startswith("{%"):
        return line, shown.index("{") + 1, "a template's tag has no place here; write out what it stands for"
    return line, column, f"a value or field name cannot begin with {character}; put it in quotes"


def _translated(trouble: Trouble) -> Cause:
    """Return what the parser said, in our words."""
    line, column = trouble.line, trouble.column
    if trouble.at_end:
        # There is nothing to see at the end of the file: what was opened and never closed is the place.
        line, column = trouble.opened or (max(len(trouble.lines) - 1, 1), 1)
    where = f" (opened at line {trouble.opened[0]})" if trouble.opened and trouble.opened[0] != line else ""
    for piece, words in _WORDS:
        if piece in trouble.problem or piece in trouble.context:
            if "escape" in words:
                # One parser marks the backslash, the other one what follows it.
                column = trouble.shown.rfind("\\", 0, column) + 1 or column
            if trouble.opened and piece in _AT_THEIR_BEGINNING:
                line, column = trouble.opened
            return line, column, words.format(opened=where)
    return line, column, _UNKNOWN
