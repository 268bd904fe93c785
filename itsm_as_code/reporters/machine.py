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
    """Return one finding as a mapping of plain values."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "file": printable(finding.place.file),
        "line": finding.place.line,
        "column": finding.place.column,
        "record": printable(finding.record),
        "field": finding.field,
        "message": finding.message,
    }


def report(findings: Sequence[Finding], summary: Mapping[str, int], _texts: Mapping[str, bytes]) -> str:
    """Return ``{"findings": […], "summary": {…}}``."""
    return to_json({"findings": [finding_fields(finding) for finding in findings], "summary": dict(summary)})
