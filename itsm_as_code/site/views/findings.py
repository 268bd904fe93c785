"""The findings page of the internal site: what lint says, file by file."""

from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Finding
from itsm_as_code.site.edition import Edition
from itsm_as_code.site.page import root_of

ROWS = 1000


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding."""

    severity: str
    rule: str
    place: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingFile:
    """The findings of one file, with a link to its record's page where it has one."""

    file: str
    href: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule speaks."""

    rule: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingsView:
    """The findings page; `more` says how many findings are left out."""

    errors: int
    warnings: int
    rules: tuple[RuleCount, ...]
    files: tuple[FindingFile, ...]
    more: int


def findings_view(edition: Edition, path: str) -> FindingsView:
    """Return the findings page's view: errors before warnings where there are too many for one page."""
    root = root_of(path)
    ranked = sorted(edition.findings, key=lambda found: (found.severity != "error", found))
    shown = sorted(ranked[:ROWS])
    by_file: dict[str, list[Finding]] = {}
    for finding in shown:
        by_file.setdefault(finding.place.file, []).append(finding)
    errors = sum(1 for finding in edition.findings if finding.severity == "error")
    return FindingsView(
        errors=errors,
        warnings=len(edition.findings) - errors,
        rules=_rules(edition.findings),
        files=tuple(_file(edition, file, held, root) for file, held in by_file.items()),
        more=len(ranked) - len(shown),
    )


def _rules(findings: Sequence[Finding]) -> tuple[RuleCount, ...]:
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        counts[finding.rule, finding.severity] = counts.get((finding.rule, finding.severity), 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(RuleCount(rule, severity, count) for (rule, severity), count in ranked)


def _file(edition: Edition, file: str, findings: Sequence[Finding], root: str) -> FindingFile:
    address = next((finding.record for finding in findings if finding.record in edition.paths), "")
    href = root + edition.paths[address] if address else ""
    return FindingFile(file, href, tuple(_row(finding) for finding in findings))


def _row(finding: Finding) -> FindingRow:
    place = f"{finding.place.line}:{finding.place.column}"
    return FindingRow(finding.severity, finding.rule, place, finding.field, finding.message)
