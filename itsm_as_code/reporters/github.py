"""Findings as GitHub workflow commands, shown as annotations on the pull request; the rest as lines of the log."""

from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.letters import visible
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.samples import by_rule, differing
from itsm_as_code.reporters.terminal import counted, passed, waived

_SHOWN = 10
"""Errors, warnings and notices, each, that GitHub shows of a step; more it drops without a word."""
_RULES = 5
"""Rules that the last line counts the rest by."""


def report(
    findings: Sequence[Finding], summary: Mapping[str, int], _texts: Mapping[str, bytes], as_of: str = ""
) -> str:
    """Return as many commands as GitHub shows, errors first, then the rest as plain lines, then the totals as a notice.

    Of more errors or warnings than it shows, those of different rules come first. What is waived is a notice, as the
    totals are; what the baseline knows is only counted there. `as_of` is the moment of a check, empty for lint.

    Escapes follow GitHub's toolkit: ``%``, CR and LF in data, also ``:`` and ``,`` in properties.
    """
    findings = [finding for finding in findings if not finding.known]
    errors, warnings = (
        [finding for finding in findings if finding.waiver is None and finding.severity == severity]
        for severity in ("error", "warning")
    )
    let_pass = [finding for finding in findings if finding.waiver is not None]
    sorts = ((errors, _SHOWN), (warnings, _SHOWN), (let_pass, _SHOWN - 1))
    shown = [finding for sort, most in sorts for finding in differing(sort, most, lambda finding: finding.rule)]
    annotated = set(map(id, shown))
    rest = [finding for finding in findings if id(finding) not in annotated]
    lines = [_command(finding) for finding in shown]
    if rest:
        lines += [f"::group::{counted(len(rest), 'finding')} without annotation", *map(_line, rest), "::endgroup::"]
    return "\n".join([*lines, _totals(summary, rest, as_of)]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": printable(finding.place.file),
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": finding.rule,
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_kind(finding)} {stated}::{_data(_words(finding))}"


def _line(finding: Finding) -> str:
    """Return a finding as a line of the log, in which the runner reads no command."""
    place = f"{printable(finding.place.file)}:{finding.place.line}:{finding.place.column}"
    kind = finding.severity if finding.waiver is None else "waived"
    line = f"{place} {kind} {finding.rule} {_words(finding)}"
    line = visible(line).replace("##[", "## [")
    return f"- {line}" if line.lstrip().startswith("::") else line


def _kind(finding: Finding) -> str:
    return "notice" if finding.waiver is not None else finding.severity


def _words(finding: Finding) -> str:
    return finding.message if finding.waiver is None else f"{finding.message} {waived(finding.waiver)}"


def _totals(summary: Mapping[str, int], rest: Sequence[Finding], as_of: str) -> str:
    records, errors, warnings = (counted(summary[f"{noun}s"], noun) for noun in ("record", "error", "warning"))
    title, start = ("itsm check", f"as of {as_of}, ") if as_of else ("itsm lint", "")
    words = f"{start}{records}: {errors}, {warnings}{passed(summary)}"
    if rest:
        rules = by_rule(rest)
        more = f" and {len(rules) - _RULES} more rules" if len(rules) > _RULES else ""
        counts = ", ".join(f"{rule} {count:,}" for rule, count in rules[:_RULES])
        words += f"; {len(rest):,} of them are in the log of this step only: {counts}{more}"
    return f"::notice title={title}::{words}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
