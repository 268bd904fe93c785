"""Findings as a compiler prints them: place, severity, rule, words; on a terminal also the line and a caret."""

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.letters import visible
from itsm_as_code.model.place import Place, printable
from itsm_as_code.reporters.fitting import shown_of
from itsm_as_code.reporters.folding import fold_lines, folds, rule_lines
from itsm_as_code.reporters.terminal import Look, counted, passed, waived

_ENDS = 3
"""Other ends of a fault that a terminal is given."""
_TABLE = 50
"""Findings from which on they are counted by rule at the end."""
_INDENT = " " * 8
"""As wide as the number of a line and the bar behind it."""


def report(
    findings: Sequence[Finding],
    summary: Mapping[str, int],
    texts: Mapping[str, bytes],
    look: Look | None = None,
    as_of: str = "",
) -> str:
    """Return the findings, a line each (more on a terminal), then the totals. `look` is None off a terminal.

    On a terminal only some of many findings of one rule are shown, and the rest is counted by what it says; off it
    each has its line. Many findings are counted by rule before the totals, where there is more than one rule.
    What is waived says so in place of the severity; what the baseline knows is only counted. `as_of` is the moment of a
    check, empty for lint.
    """
    findings = [finding for finding in findings if not finding.known]
    folded = folds(findings) if look is not None and look.cuts else ()
    hidden = {id(finding) for fold in folded for finding in fold.findings}
    hidden -= {id(finding) for fold in folded for finding in fold.shown}
    lines = []
    split: dict[str, list[str]] = {}
    for finding in findings:
        if id(finding) in hidden:
            continue
        lines += _finding(finding, look)
        if look is not None and finding.waiver is None:
            file = finding.place.file
            if file not in split:
                split[file] = texts.get(file, b"").decode("utf-8", "replace").split("\n")
            lines += _context(finding, split[file], look)
            lines += _other_ends(finding, look)
    if look is not None:
        lines += [line for fold in folded for line in fold_lines(fold, look)]
    if len(findings) >= _TABLE and len({finding.rule for finding in findings}) > 1:
        lines += ["by rule:", *rule_lines(findings)]
    return "\n".join([*lines, totals(summary, as_of)]) + "\n"


def totals(summary: Mapping[str, int], as_of: str = "") -> str:
    """Return the line that says how much was looked at and found, and as of which moment."""
    records = (f"as of {as_of}, " if as_of else "") + counted(summary["records"], "record")
    let_pass = passed(summary)
    if not summary["errors"] and not summary["warnings"]:
        return f"{records}, nothing to report{let_pass}"
    return f"{records}: {counted(summary['errors'], 'error')}, {counted(summary['warnings'], 'warning')}{let_pass}"


def _finding(finding: Finding, look: Look | None) -> list[str]:
    """Return a finding as one line, or on a terminal that is too narrow for it with the words below."""
    place = _place(finding.place)
    words = finding.message
    if finding.waiver is not None:
        # What to do, after the semicolon, is for findings that are not waived.
        words = f"{words.partition('; ')[0]} {waived(finding.waiver)}"
    message = visible(words)
    kind = finding.severity if finding.waiver is None else "waived"
    head = f"{place} {kind} {finding.rule}"
    if look is None:
        return [f"{head} {message}"]
    lines = [f" {message}"]
    if look.width and len(head) + 1 + sum(map(_cells, message)) > look.width:
        lines = ["", *_wrapped(message, look)]
    if finding.waiver is not None:
        return [look.dim(line) for line in (head + lines[0], *lines[1:])]
    colour = "red" if finding.severity == "error" else "yellow"
    return [f"{look.bold(place)} {look.paint(kind, colour)} {look.dim(finding.rule)}{lines[0]}", *lines[1:]]


def _wrapped(message: str, look: Look) -> list[str]:
    room = max(look.width - len(_INDENT), 20)
    lines = textwrap.wrap(message, room, break_long_words=False, break_on_hyphens=False)
    return [_INDENT + line for line in lines]


def _context(finding: Finding, lines: Sequence[str], look: Look) -> list[str]:
    number = finding.place.line
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return []
    text = visible(lines[number - 1].rstrip())
    start = 0
    gutter = f"{number:>5} | "
    room = max(look.width - len(gutter), 20)
    if finding.place.column > room - 10:
        start = finding.place.column - room // 2
    shown = text[start : start + room]
    before = text[start : finding.place.column - 1]
    caret = " " * sum(_cells(letter) for letter in before) + "^"
    return [look.dim(gutter) + shown, look.dim(" " * 5 + " | ") + look.paint(caret, "red")]


def _other_ends(finding: Finding, look: Look) -> list[str]:
    """Return a line for each other end of the fault, so many of a long list as a terminal is given."""
    shown = shown_of(finding.related, _ENDS, look)
    lines = [f"{_INDENT}see {_place(other.place)} ({other.message})" for other in finding.related[:shown]]
    rest = len(finding.related) - shown
    return [look.dim(line) for line in (*lines, *([f"{_INDENT}and {rest:,} more"] if rest else ()))]


def _place(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
