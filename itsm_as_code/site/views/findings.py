"""The findings page of the internal site: what lint says, file by file."""

from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Finding, tally
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.moments import Moment
from itsm_as_code.site.page import root_of

ROWS = 1000


@dataclass(frozen=True, slots=True)
class WaiverNote:
    """By whom, until when and why a finding is waived; all are left out where that must not be told."""

    until: Moment | None
    by: Anchor | None
    reason: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding."""

    severity: str
    rule: str
    place: str
    field: str
    message: str
    waiver: WaiverNote | None
    known: bool


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
    waived: int
    known: int
    rules: tuple[RuleCount, ...]
    files: tuple[FindingFile, ...]
    more: int


def findings_view(edition: Edition, path: str) -> FindingsView:
    """Return the findings page's view: where there are too many for a page, errors come first."""
    root = root_of(path)
    ranked = sorted(edition.findings, key=lambda found: (not found.counts, found.severity != "error", found))
    shown = sorted(ranked[:ROWS])
    by_file: dict[str, list[Finding]] = {}
    for finding in shown:
        by_file.setdefault(finding.place.file, []).append(finding)
    counts = tally(edition.findings)
    return FindingsView(
        errors=counts.errors,
        warnings=counts.warnings,
        waived=counts.waived,
        known=counts.known,
        rules=_rules(edition.findings),
        files=tuple(_file(edition, file, held, root) for file, held in by_file.items()),
        more=len(ranked) - len(shown),
    )


def _rules(findings: Sequence[Finding]) -> tuple[RuleCount, ...]:
    counts: dict[tuple[str, str], int] = {}
    for finding in findings:
        key = (finding.rule, finding.severity if finding.counts else "known" if finding.known else "waived")
        counts[key] = counts.get(key, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(RuleCount(rule, severity, count) for (rule, severity), count in ranked)


def _file(edition: Edition, file: str, findings: Sequence[Finding], root: str) -> FindingFile:
    address = next((finding.record for finding in findings if finding.record in edition.paths), "")
    href = root + edition.paths[address] if address else ""
    return FindingFile(file, href, tuple(_row(edition, finding, root) for finding in findings))


def _row(edition: Edition, finding: Finding, root: str) -> FindingRow:
    place = f"{finding.place.line}:{finding.place.column}"
    note = waiver_note(edition, finding, root)
    return FindingRow(finding.severity, finding.rule, place, finding.field, finding.message, note, finding.known)


def waiver_note(edition: Edition, finding: Finding, root: str) -> WaiverNote | None:
    """Return what a page says of the finding's waiver; None where it has none."""
    waiver = finding.waiver
    if waiver is None:
        return None
    end = parse_time(waiver.until)
    return WaiverNote(
        until=edition.clock.moment(end) if end is not None else None,
        by=edition.anchor(waiver.approved_by, root) if waiver.approved_by else None,
        reason=waiver.reason,
    )
