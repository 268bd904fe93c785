"""Findings as a compiler prints them: place, severity, rule, words; on a terminal also the line and a caret."""

import unicodedata
from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import Place, printable
from itsm_as_code.reporters.fitting import shown_of
from itsm_as_code.reporters.terminal import Look, counted, waived

_ENDS = 3
"""Other ends of a fault that a terminal is given."""


def report(
    findings: Sequence[Finding],
    summary: Mapping[str, int],
    texts: Mapping[str, bytes],
    look: Look | None = None,
    as_of: str = "",
) -> str:
    """Return the findings, a line each (three on a terminal), then the totals. `look` is None off a terminal.

    What is waived says so in place of the severity. `as_of` is the moment of a check, empty for lint.
    """
    lines = []
    split: dict[str, list[str]] = {}
    for finding in findings:
        lines.append(_line(finding, look))
        if look is not None and finding.waiver is None:
            file = finding.place.file
            if file not in split:
                split[file] = texts.get(file, b"").decode("utf-8", "replace").split("\n")
            lines += _context(finding, split[file], look)
            lines += _other_ends(finding, look)
    lines.append((f"as of {as_of}, " if as_of else "") + _totals(summary))
    return "\n".join(lines) + "\n"


def _line(finding: Finding, look: Look | None) -> str:
    place = _place(finding.place)
    words = finding.message
    if finding.waiver is not None:
        # What to do, after the semicolon, is for findings that are not waived.
        words = f"{words.partition('; ')[0]} {waived(finding.waiver)}"
    message = "".join(letter if letter.isprintable() else " " for letter in words)
    if finding.waiver is not None:
        line = f"{place} waived {finding.rule} {message}"
        return line if look is None else look.dim(line)
    if look is None:
        return f"{place} {finding.severity} {finding.rule} {message}"
    colour = "red" if finding.severity == "error" else "yellow"
    return f"{look.bold(place)} {look.paint(finding.severity, colour)} {look.dim(finding.rule)} {message}"


def _context(finding: Finding, lines: Sequence[str], look: Look) -> list[str]:
    number = finding.place.line
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return []
    text = "".join(letter if letter.isprintable() else " " for letter in lines[number - 1].rstrip())
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
    lines = [f"        see {_place(other.place)} ({other.message})" for other in finding.related[:shown]]
    rest = len(finding.related) - shown
    return [look.dim(line) for line in (*lines, *([f"        and {rest:,} more"] if rest else ()))]


def _place(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"


def _cells(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _totals(summary: Mapping[str, int]) -> str:
    records = counted(summary["records"], "record")
    let_pass = f", {summary['waived']:,} waived" if summary["waived"] else ""
    if not summary["errors"] and not summary["warnings"]:
        return f"{records}, nothing to report{let_pass}"
    return f"{records}: {counted(summary['errors'], 'error')}, {counted(summary['warnings'], 'warning')}{let_pass}"
