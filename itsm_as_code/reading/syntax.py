"""YAML's own errors in plain words, with the likely cause."""

import re

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.events import YamlError

_CONFLICT = re.compile(r"<{7}|={7}|>{7}")
_WORDS = (
    # A piece of libyaml's problem or context, and what it means; the first that fits speaks.
    ("mapping values are not allowed", 'a second ": " on this line; put the value in quotes'),
    ("Unicode character escape code", "this escape names no character; write the character itself"),
    ("unknown escape", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("hexdecimal", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("quoted scalar", "a quote is not closed{opened}"),
    ("flow mapping", 'expected "," or "}}"{opened}; a value that holds ", ", ": " or brackets must be in quotes'),
    ("flow sequence", 'expected "," or "]"{opened}; a value that holds ", ", ": " or brackets must be in quotes'),
    ("flow node", "a value is missing here, or a bracket is opened above and not closed"),
    ("cannot start any token", "a value cannot begin with this character; put it in quotes"),
    ("block mapping", "this line does not fit the lines above{opened}; check its indentation and what is left over"),
    ("block collection", "this line does not fit the lines above{opened}; check its indentation and what is left over"),
    ("could not find expected ':'", 'expected "field: value"; a colon is missing here or on the line above'),
    ("alias", "a value that begins with * must be in quotes"),
    ("anchor", "a value that begins with & must be in quotes"),
    ("escape", "a backslash in double quotes begins an escape; use single quotes, or write \\\\"),
    ("block scalar", "text after | or > belongs on the next line, indented"),
)


def syntax_fault(file: str, text: str, error: YamlError) -> Fault:
    """Return the finding for a text that is no YAML."""
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and not any(map(str.strip, lines[mark.line :])):
        # At the end of the file there is nothing to see: what was opened and never closed is the place.
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in (error.problem or ""):
        return Fault.at("too-deep", file, "values are nested far too deep", line, column)
    for number, conflicted in enumerate(lines[:line], 1):
        if _CONFLICT.match(conflicted):
            message = "a merge conflict was left here; keep one side and delete the markers"
            return Fault.at("yaml-syntax", file, message, number)
    shown = lines[line - 1] if line <= len(lines) else ""
    indent = re.match(r"[ \t]*", shown)
    if indent and "\t" in indent[0]:
        message = "a tab indents this line; YAML wants spaces"
        return Fault.at("tab-indent", file, message, line, indent[0].index("\t") + 1)
    return Fault.at("yaml-syntax", file, _words(error), line, column)


def _words(error: YamlError) -> str:
    problem, context = error.problem or "cannot be read", error.context or ""
    opened = f" (opened at line {error.context_mark.line + 1})" if error.context_mark else ""
    for piece, words in _WORDS:
        if piece in problem or piece in context:
            return words.format(opened=opened)
    return f"{problem} {context}".strip()
