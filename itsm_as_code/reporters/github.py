"""Findings as GitHub workflow commands, shown as annotations on the pull request."""

from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.terminal import counted, waived


def report(
    findings: Sequence[Finding], summary: Mapping[str, int], _texts: Mapping[str, bytes], as_of: str = ""
) -> str:
    """Return one command a finding, a notice where it is waived, then the totals as a notice.

    `as_of` is the moment of a check, empty for lint.

    Escapes follow GitHub's toolkit: ``%``, CR and LF in data, also ``:`` and ``,`` in properties.
    """
    lines = [_command(finding) for finding in findings]
    records, errors, warnings = (counted(summary[f"{noun}s"], noun) for noun in ("record", "error", "warning"))
    let_pass = f", {summary['waived']:,} waived" if summary["waived"] else ""
    title, start = ("itsm check", f"as of {as_of}, ") if as_of else ("itsm lint", "")
    return "\n".join([*lines, f"::notice title={title}::{start}{records}: {errors}, {warnings}{let_pass}"]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": printable(finding.place.file),
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": finding.rule,
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    if finding.waiver is not None:
        return f"::notice {stated}::{_data(f'{finding.message} {waived(finding.waiver)}')}"
    return f"::{finding.severity} {stated}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
