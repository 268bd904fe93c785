"""Findings as SARIF 2.1.0, which code scanning on GitHub, editors and collectors of findings read."""

import os
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from itsm_as_code import version
from itsm_as_code.model.baseline import FILE as BASELINE
from itsm_as_code.model.finding import Finding, Related
from itsm_as_code.model.place import Place, printable
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.reporters.fingerprints import VERSION, fingerprints
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.rules.catalogue import Rule, discover
from itsm_as_code.rules.reference import read_page, render_body

MOST_RESULTS = 25_000
"""GitHub refuses a run with more results. It shows 5,000 of them."""
_MOST_RELATED = 99
"""GitHub shows 100 places of a result, the first of them its own."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_BY_BASELINE: Mapping[str, str] = {
    "kind": "external",
    "status": "accepted",
    "justification": f"known from {BASELINE}: it was there when lint began to judge these records",
}
"""Unlike a waiver, the baseline stands in a file of its own."""


def report(
    findings: Sequence[Finding], _summary: Mapping[str, int], texts: Mapping[str, bytes], as_of: str = ""
) -> str:
    """Return a SARIF log of one run; `as_of` is the moment of a check, empty for lint.

    Errors come first, then warnings, then what is waived or known, each in the order of their places: whoever cuts the
    list short (GitHub does, at 5,000) loses the least. Beyond 25,000, with which GitHub would refuse all, we cut it
    ourselves, and a notification says how many are missing.
    The rules described are those that found something: a clean run stays short, and a viewer closes a finding that
    is no longer there whether its rule is listed or not.
    """
    known = fingerprints(findings, texts)
    order = sorted(range(len(findings)), key=lambda number: _rank(findings[number]))[:MOST_RESULTS]
    catalogue = discover()
    names = sorted({findings[number].rule for number in order})
    positions = {name: position for position, name in enumerate(names)}
    run: dict[str, Any] = {
        # The category under which GitHub keeps a run: an upload of a check does not close what lint has found.
        "automationDetails": {"id": f"itsm-{'check' if as_of else 'lint'}/"},
        "tool": {"driver": _driver([catalogue[name] for name in names if name in catalogue])},
        "invocations": [_invocation(len(findings) - len(order))],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository of records."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(findings[number], positions, known[number]) for number in order],
    }
    if as_of:
        run["properties"] = {"asOf": as_of}
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rank(finding: Finding) -> int:
    return 2 if not finding.counts else ("error", "warning").index(finding.severity)


def _driver(rules: Sequence[Rule]) -> dict[str, Any]:
    return {"name": "itsm", "semanticVersion": version.VERSION, "rules": [_rule(rule) for rule in rules]}


def _rule(rule: Rule) -> dict[str, Any]:
    page = read_page(rule.doc)
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": rule.doc.strip(), "markdown": render_body(rule)},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "tags": ["itsm", rule.group.replace("_", "-")],
            # What these two are called is GitHub's decision; it sorts by them.
            "problem.severity": rule.severity,
            "precision": "very-high" if rule.severity == "error" else "high",
        },
    }


def _invocation(missing: int) -> dict[str, Any]:
    if not missing:
        return {"executionSuccessful": True}
    words = f"{counted(missing, 'finding')} left out: a run has at most {MOST_RESULTS:,}. The gravest come first."
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": words}}],
    }


def _result(finding: Finding, positions: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    related = finding.related[:_MOST_RELATED]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": positions[finding.rule],
        "level": finding.severity,
        "message": {"text": _words(finding.message, related)},
        "locations": [{"physicalLocation": _physical(finding.place), **_logical(finding)}],
        "partialFingerprints": {VERSION: fingerprint},
    }
    if related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(other.place), "message": {"text": _plain(other.message)}}
            for number, other in enumerate(related, 1)
        ]
    if finding.waiver is not None:
        result["suppressions"] = [_suppression(finding.waiver)]
    if finding.known:
        result["suppressions"] = [_BY_BASELINE]
    return result


def _words(message: str, related: Sequence[Related]) -> str:
    """Return the message with a link to each other end: GitHub shows only those that the words lead to."""
    links = ", ".join(
        f"[{_label(other.place)}]({number}) {_plain(other.message)}" for number, other in enumerate(related, 1)
    )
    return f"{_plain(message)} (see {links})" if links else _plain(message)


def _label(place: Place) -> str:
    return f"{printable(place.file)}:{place.line}".replace("\\", "/").replace("[", "(").replace("]", ")")


def _plain(text: str) -> str:
    """Return text of records in which nothing is taken for a link, as `[words](target)` would be."""
    return text.replace("](", "] (") or "-"


def _physical(place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(os.fsencode(place.file)), "uriBaseId": _ROOT},
        "region": {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)},
    }


def _logical(finding: Finding) -> dict[str, Any]:
    if not finding.record:
        return {}
    record = {"name": printable(finding.record), "fullyQualifiedName": printable(finding.record), "kind": "object"}
    if not finding.field:
        return {"logicalLocations": [record]}
    full = f"{record['fullyQualifiedName']} {finding.field}"
    return {"logicalLocations": [{"name": finding.field, "fullyQualifiedName": full, "kind": "property"}]}


def _suppression(waiver: Waiver) -> dict[str, Any]:
    """Return a waiver as SARIF has it: in the source, since the exception stands in the record itself."""
    stated = {"until": waiver.until, "approvedBy": waiver.approved_by}
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": waiver.reason,
        "properties": {name: value for name, value in stated.items() if value},
    }
