"""Which of many findings are shown where there is room for few: those that differ come first."""

from collections.abc import Callable, Hashable, Sequence

from itsm_as_code.model.finding import Finding


def differing(findings: Sequence[Finding], most: int, key: Callable[[Finding], Hashable]) -> Sequence[Finding]:
    """Return at most so many findings in their order: the first of each key, then, while there is room, others."""
    if len(findings) <= most:
        return findings
    seen: set[Hashable] = set()
    firsts: list[int] = []
    others: list[int] = []
    for position, finding in enumerate(findings):
        kind = key(finding)
        (others if kind in seen else firsts).append(position)
        seen.add(kind)
    return [findings[position] for position in sorted([*firsts, *others][:most])]


def by_rule(findings: Sequence[Finding]) -> Sequence[tuple[str, int]]:
    """Return how often each rule found something, the most frequent first."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
