"""Findings as GitHub workflow commands, shown as annotations on the pull request."""

from collections.abc import Mapping, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.terminal import counted


def report(findings: Sequence[Finding], summary: Mapping[str, int], _texts: Mapping[str, bytes]) -> str:
    """Return one command a finding, then the totals as a notice.

    Escapes follow GitHub's toolkit: ``%``, CR and LF in data, also ``:`` and ``,`` in properties.
    """
    lines = [_command(finding) for finding in findings]
    records, errors, warnings = (counted(summary[f"{noun}s"], noun) for noun in ("record", "error", "warning"))
    totals = f"{records}: {errors}, {warnings}"
    return "\n".join([*lines, f"::notice title=itsm lint::{totals}"]) + "\n"


def _command(finding: Finding) -> str:
    properties = {
        "file": printable(finding.place.file),
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": finding.rule,
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{finding.severity} {stated}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
