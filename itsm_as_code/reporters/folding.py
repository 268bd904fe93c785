"""Many findings of one rule, folded: a few that differ, and the rest counted by what they say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.samples import differing
from itsm_as_code.reporters.terminal import Look, counted

_MANY = 6
"""Findings of one rule that are all shown."""
_FIRST = 3
"""Of more than that, so many."""
_LISTED = 10
"""Words that the rest is counted by."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What one rule finds, waived or not, and those of it that are shown."""

    rule: str
    findings: Sequence[Finding]
    shown: Sequence[Finding]


def folds(findings: Sequence[Finding]) -> Sequence[Fold]:
    """Return a fold for each rule that finds more than a few, in the order of their first findings.

    Shown are the first that say different things; what is waived is folded by itself.
    """
    groups: dict[tuple[str, bool], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.waiver is not None), []).append(finding)
    return [
        Fold(rule, members, differing(members, _FIRST, lambda finding: finding.statement))
        for (rule, _), members in groups.items()
        if len(members) > _MANY
    ]


def fold_lines(fold: Fold, look: Look) -> list[str]:
    """Return how many more there are, what they say most, and how to see them all."""
    files = len({finding.place.file for finding in fold.findings})
    all_in = (
        f"one in each of {files:,} files"
        if files == len(fold.findings)
        else f"{len(fold.findings):,} in {counted(files, 'file')}"
    )
    waived = "waived " if fold.findings[0].waiver is not None else ""
    head = f"… and {len(fold.findings) - len(fold.shown):,} more {waived}of {fold.rule}"
    lines = [f"{look.bold(head)}, {all_in} (--select {fold.rule} --all shows them)"]
    said = Counter(finding.statement for finding in fold.findings)
    often = [(words, count) for words, count in said.most_common(_LISTED) if count > 1]
    # One thing that they all say has been shown; things that none says twice are not worth a count.
    if len(said) == 1 or not often:
        return lines
    lines += [f"{count:>8,} × {shortened(words, max(look.width - 11, 20))}" for words, count in often]
    others = len(said) - len(often)
    if others:
        rest = len(fold.findings) - sum(count for _, count in often)
        lines.append(f"{rest:>8,} × {'another' if others == 1 else f'{others:,} others'}")
    return lines


def rule_lines(findings: Sequence[Finding]) -> list[str]:
    """Return a line for each rule: how much it found, and in how many files."""
    files: dict[tuple[str, str], set[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        key = ("waived" if finding.waiver is not None else finding.severity, finding.rule)
        counts[key] += 1
        files.setdefault(key, set()).add(finding.place.file)
    order = sorted(counts.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1]))
    return [f"{count:>8,} {kind} {rule}, in {counted(len(files[kind, rule]), 'file')}" for (kind, rule), count in order]
