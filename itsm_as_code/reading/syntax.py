"""YAML's own errors in plain words, with the likely cause."""

import re

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.reading.events import YamlError

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")


def syntax_fault(file: str, text: str, error: YamlError) -> Fault:
    """Return the finding for a text that is no YAML."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    lines = text.split("\n")
    for number, conflicted in enumerate(lines, 1):
        if conflicted.startswith(_CONFLICT[0]) or (conflicted.startswith(_CONFLICT[2]) and number <= line):
            return _fault("yaml-syntax", file, number, 1, "a merge conflict was left here; keep one side and delete the markers")
    shown = lines[line - 1] if line <= len(lines) else ""
    indent = re.match(r"[ \t]*", shown)
    if indent and "\t" in indent[0]:
        return _fault("tab-indent", file, line, indent[0].index("\t") + 1, "a tab indents this line; YAML wants spaces")
    return _fault("yaml-syntax", file, line, column, _words(error, shown))


def _words(error: YamlError, shown: str) -> str:
    problem = error.problem or "cannot be read"
    context = error.context or ""
    opened = f" (opened at line {error.context_mark.line + 1})" if error.context_mark else ""
    if "mapping values are not allowed" in problem:
        return 'a second ": " on this line; put the value in quotes'
    if "quoted scalar" in context:
        return f"a quote is not closed{opened}"
    if "flow mapping" in context or "flow sequence" in context:
        bracket = "}" if "mapping" in context else "]"
        return f'expected "," or "{bracket}"{opened}; a value that holds ", " or ": " or brackets must be in quotes'
    if "cannot start any token" in problem:
        start = shown.strip()[:1]
        return f"a value cannot begin with this character{f' ({start})' if start in '@`%' and start else ''}; put it in quotes"
    if "block mapping" in context or "block collection" in context:
        return f"this line does not fit the ones above{opened}; check its indentation, and that text after a quote or bracket is not left over"
    if "could not find expected ':'" in problem:
        return 'expected "key: value"; a colon is missing here or on the line above'
    if "undefined alias" in problem or "anchor" in problem or "alias" in problem:
        return "a value that begins with * or & must be in quotes"
    return problem + (f" {context}" if context else "")


def _fault(rule: str, file: str, line: int, column: int, message: str) -> Fault:
    return Fault(file, (), message, place=Place(file, line, column), rule=rule)
