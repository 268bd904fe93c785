"""What a baseline does to findings: which it knows, which of its entries match nothing, what a new one holds."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from itsm_as_code.model.baseline import Baseline, Known
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.place import printable

_LINE = re.compile(r"\b(lines?) \d+")


def known_as(finding: Finding) -> Known:
    """Return by what a finding is known again when lines move, lists grow and other records come and go."""
    words = _LINE.sub(r"\1 …", finding.statement)
    return Known(printable(finding.place.file), finding.rule, printable(finding.anchor), words)


def with_known(findings: Sequence[Finding], baseline: Baseline) -> Sequence[Finding]:
    """Return the findings with those marked that the baseline knows; what is waived needs no baseline.

    Of findings that are alike the first ones are known, as many as the baseline counts.
    """
    if not baseline.counts:
        return findings
    left = Counter(dict(baseline.counts))
    return list(_marked(findings, left))


def _marked(findings: Sequence[Finding], left: Counter[Known]) -> Iterator[Finding]:
    for finding in findings:
        known = known_as(finding)
        if finding.waiver is None and left[known] > 0:
            left[known] -= 1
            yield replace(finding, known=True)
        else:
            yield finding


def baseline_of(findings: Sequence[Finding]) -> Baseline:
    """Return the baseline that knows every finding that is not waived."""
    return Baseline(Counter(known_as(finding) for finding in findings if finding.waiver is None))


def without_gone(baseline: Baseline, findings: Sequence[Finding]) -> Baseline:
    """Return what of the baseline still matches a finding; `findings` are all that lint found."""
    return baseline.within(baseline_of(findings))
