"""Findings as JUnit XML, which CI servers show as a list of tests: Jenkins, GitLab, Azure Pipelines, CircleCI."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.baseline import FILE
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import Place, printable
from itsm_as_code.reporters.terminal import counted, waived

_REFUSED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference."""
_ENTITIES = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Case:
    """What one rule finds in one file: a test."""

    rule: str
    file: str
    findings: Sequence[Finding]
    fails: bool

    @property
    def is_skipped(self) -> bool:
        return not any(finding.counts for finding in self.findings)


def report(
    findings: Sequence[Finding],
    summary: Mapping[str, int],
    _texts: Mapping[str, bytes],
    as_of: str = "",
    *,
    strict: bool = False,
) -> str:
    """Return a suite for each rule that found something, with a test for each file it found something in.

    Rule and file name a test, and its line does not, so that a server knows it again in the next build. It fails for
    an error; for a warning it passes and its output says what was found, unless warnings count as well (`strict`):
    what fails here is what the exit code counts. What is waived or known is skipped. Where nothing fails there is a
    test that passes, since servers take a report without tests for a mistake. `as_of` is the moment of a check, empty
    for lint.
    """
    cases = _cases(findings, strict=strict)
    suites: dict[str, list[_Case]] = {}
    for case in cases:
        suites.setdefault(case.rule, []).append(case)
    failures = sum(case.fails for case in cases)
    name = f"itsm {'check' if as_of else 'lint'}"
    body = [line for rule, members in sorted(suites.items()) for line in _suite(rule, members)]
    if not failures:
        body += _passed(name, summary, as_of)
    counts = _attributes({"name": name, "tests": len(cases) + (not failures), "failures": failures, "errors": 0})
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{counts}>", *body, "</testsuites>"]
    return "\n".join(lines) + "\n"


def _cases(findings: Sequence[Finding], *, strict: bool) -> Sequence[_Case]:
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        grouped.setdefault((finding.rule, finding.place.file), []).append(finding)
    return [
        _Case(rule, file, members, any(_counts(finding, strict=strict) for finding in members))
        for (rule, file), members in grouped.items()
    ]


def _counts(finding: Finding, *, strict: bool) -> bool:
    return finding.counts and (strict or finding.severity == "error")


def _suite(rule: str, cases: Sequence[_Case]) -> list[str]:
    counts: dict[str, str | int] = {
        "name": rule,
        "tests": len(cases),
        "failures": sum(case.fails for case in cases),
        "errors": 0,
        "skipped": sum(case.is_skipped for case in cases),
        "time": 0,
    }
    inside = [line for case in cases for line in _test(case)]
    return [f"  <testsuite{_attributes(counts)}>", *inside, "  </testsuite>"]


def _test(case: _Case) -> list[str]:
    first = case.findings[0]
    file = printable(case.file)
    # Without a dot in it, Jenkins takes the class name whole.
    stated: dict[str, str | int] = {
        "classname": case.rule,
        "name": f"{file}: {case.rule}",
        "file": file,
        "line": first.place.line,
        "time": 0,
    }
    more = len(case.findings) - 1
    message = _attributes({"message": _words(first) + (f" (and {more:,} more)" if more else "")})
    text = _escaped("\n".join(line for finding in case.findings for line in _lines(finding)))
    if case.fails:
        result = f"<failure{_attributes({'type': case.rule})}{message}>{text}</failure>"
    elif case.is_skipped:
        result = f"<skipped{message}>{text}</skipped>"
    else:
        result = f"<system-out>{text}</system-out>"
    return [f"    <testcase{_attributes(stated)}>", f"      {result}", "    </testcase>"]


def _passed(name: str, summary: Mapping[str, int], as_of: str) -> list[str]:
    warnings, known = summary["warnings"], summary.get("known", 0)
    words = f"{counted(summary['records'], 'record')}: 0 errors, {counted(warnings, 'warning')}"
    words += f", {summary['waived']:,} waived" + (f", {known:,} known from {FILE}" if known else "")
    stated: dict[str, str | int] = {"classname": name, "name": "nothing fails", "time": 0}
    return [
        f"  <testsuite{_attributes({'name': name, 'tests': 1, 'failures': 0, 'errors': 0, 'skipped': 0, 'time': 0})}>",
        f"    <testcase{_attributes(stated)}>",
        f"      <system-out>{_escaped(f'as of {as_of}, {words}' if as_of else words)}</system-out>",
        "    </testcase>",
        "  </testsuite>",
    ]


def _lines(finding: Finding) -> list[str]:
    others = [f"  see {_place(other.place)} ({other.message})" for other in finding.related]
    kind = finding.severity if finding.counts else "known" if finding.known else "waived"
    return [f"{_place(finding.place)} {kind} {finding.rule} {_words(finding)}", *others]


def _words(finding: Finding) -> str:
    if finding.known:
        return f"{finding.message} (known from {FILE})"
    return finding.message if finding.waiver is None else f"{finding.message} {waived(finding.waiver)}"


def _place(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}:{place.column}"


def _attributes(values: Mapping[str, str | int]) -> str:
    return "".join(f' {name}="{_escaped(str(value), in_attribute=True)}"' for name, value in values.items())


def _escaped(text: str, *, in_attribute: bool = False) -> str:
    """Return text as XML holds it, what XML refuses replaced; only attributes would lose line ends."""
    escaped = _REFUSED.sub("\ufffd", text)
    if in_attribute:
        return escaped.translate(_ENTITIES)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
