"""Judges a plan before anything is written: what lint would say of the records, were they edited so."""

from collections.abc import Collection
from dataclasses import dataclass

from itsm_as_code.editing.plan import Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint, lint_step
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.memory import OverlaySource
from itsm_as_code.sources.source import Source

_SAID = 3
"""Errors that a refusal tells; who has more mends these first."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan would bring: the snapshot as it would be, and the findings that are not there yet.

    `errors` and `warnings` are those of the edited records, `elsewhere` the errors of other records, `disputed` what
    the rules say that judge steps: the edit may stand, and a pull request with it may not. Waived ones are left out.
    """

    head: Snapshot
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    elsewhere: tuple[Finding, ...] = ()
    disputed: tuple[Finding, ...] = ()


def look_ahead(snapshot: Snapshot, source: Source, plan: Plan) -> Outlook:
    """Return what a plan would bring to the snapshot, which was loaded from the source."""
    head = load(OverlaySource(source, {edit.path: edit.after for edit in plan.edits}), known=snapshot)
    disputed = tuple(finding for finding in lint_step(Step(snapshot, head)) if _counts(finding))
    after = [finding for finding in lint(head) if _counts(finding)]
    if not after:
        return Outlook(head, disputed=disputed)
    before = {_identity(finding) for finding in lint(snapshot) if _counts(finding)}
    new = [finding for finding in after if _identity(finding) not in before]
    files = {edit.path for edit in plan.edits}
    ours = [finding for finding in new if finding.record in plan.records or finding.place.file in files]
    return Outlook(
        head,
        tuple(finding for finding in ours if finding.severity == "error"),
        tuple(finding for finding in ours if finding.severity == "warning"),
        tuple(finding for finding in new if finding.severity == "error" and finding not in ours),
        disputed,
    )


def _counts(finding: Finding) -> bool:
    return finding.waiver is None and not finding.known


def refuse_errors(plan: Plan, outlook: Outlook) -> None:
    """Raise ItsmError where a plan would bring errors: what is wrong, and the flags that give what is missing."""
    errors = outlook.errors
    if not errors:
        return
    records = {finding.record for finding in errors}
    told = [_told(finding, records, plan.records) for finding in errors[:_SAID]]
    more = len(errors) - len(told)
    message = f"nothing was written: {'; '.join(told)}{f'; and {more} more' if more else ''}"
    raise ItsmError(message, _advice(plan, outlook))


def _identity(finding: Finding) -> tuple[str, str, str, str, str]:
    """Return by what a finding is known again where lines and positions have moved."""
    return finding.place.file, finding.rule, finding.record, finding.anchor, finding.message


def _told(finding: Finding, records: Collection[str], edited: Collection[str]) -> str:
    """Return what a finding says, with its record where several are in question."""
    of = f"{finding.record}: " if finding.record and (len(records) > 1 or len(edited) > 1) else ""
    # Most messages name the field; it is said where one does not, but for the state, which is what was asked for.
    named = (
        finding.field not in ("", "state") and finding.field.rpartition(".")[2].partition("[")[0] not in finding.message
    )
    return f"{of}{finding.field}: {finding.message}" if named else f"{of}{finding.message}"


def _advice(plan: Plan, outlook: Outlook) -> str:
    """Return the words on the command line that give what is missing; empty where none does."""
    found = [
        plan.flags[finding.field]
        for finding in outlook.errors
        if finding.field in plan.flags and outlook.head.records[finding.record].get(finding.field) is None
    ]
    return f"give {' and '.join(dict.fromkeys(found))}" if found else ""
