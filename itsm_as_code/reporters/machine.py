"""Findings and tables as JSON for machines; the shape is published in `schemas/findings.schema.json`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import printable


def to_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return JSON text of two-space indentation, with a line end."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def finding_fields(finding: Finding) -> dict[str, Any]:
    """Return one finding as a mapping of plain values; `waiver` is None where it is not waived."""
    waiver = finding.waiver
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": printable(finding.place.file),
        "line": finding.place.line,
        "column": finding.place.column,
        "record": printable(finding.record),
        "field": finding.field,
        "message": finding.message,
        "related": [
            {
                "file": printable(other.place.file),
                "line": other.place.line,
                "column": other.place.column,
                "message": other.message,
            }
            for other in finding.related
        ],
        "waiver": None
        if waiver is None
        else {"reason": waiver.reason, "until": waiver.until, "approved_by": waiver.approved_by},
        "known": finding.known,
    }


def report(
    findings: Sequence[Finding], summary: Mapping[str, int], _texts: Mapping[str, bytes], as_of: str = ""
) -> str:
    """Return ``{"findings": […], "summary": {…}}``, of a check with ``as_of`` first."""
    moment = {"as_of": as_of} if as_of else {}
    return to_json(moment | {"findings": [finding_fields(finding) for finding in findings], "summary": dict(summary)})
