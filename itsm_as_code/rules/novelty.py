"""Which findings of a step are its own: those that it brought, and those in what it touched."""

from collections import Counter
from collections.abc import Iterator, Sequence

from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.baseline import known_as
from itsm_as_code.snapshot.step import Step


def brought_or_touched(step: Step, before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings of `after`, head's, that base had not, or whose record or file the step edited.

    `before` are base's. Findings are known again as by a baseline: by file, rule, anchor and what they say.
    """
    files = touched_files(step)
    left = Counter(known_as(finding) for finding in before)
    for finding in after:
        known = known_as(finding)
        is_old = left[known] > 0
        left[known] -= is_old
        if not is_old or finding.place.file in files:
            yield finding


def touched_files(step: Step) -> frozenset[str]:
    """Return the files that the step edited, with those of the records that an edited entry file belongs to."""
    records = step.head.records
    owners = (step.head.entry_files.get(file, "") for file in step.files)
    return step.files | {records[address].file for address in owners if address in records}
