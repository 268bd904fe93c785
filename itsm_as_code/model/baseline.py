"""The baseline: findings that were there when a repository began to be judged, and that do not fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FILE = "baseline.json"
"""Where a repository of records keeps its baseline: at its root."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """By what a finding is known again: not by its line, which moves, nor by advice, which names other records.

    `field` is the anchor, the field path in which items of lists are called by what names them (empty for a whole
    file). `message` is what the finding says, without advice and without numbers of lines.
    """

    file: str
    rule: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known, and how many findings are alike in it (1 or more)."""

    counts: Mapping[Known, int] = field(default_factory=dict)
    written: bool = True
    """Whether there is a `baseline.json`; one that is there and empty has let nothing pass since it was emptied."""

    @property
    def size(self) -> int:
        """How many findings it knows."""
        return sum(self.counts.values())

    def within(self, other: "Baseline") -> "Baseline":
        """Return what both know, as often as the one that knows it less often."""
        counts = {known: min(count, other.counts.get(known, 0)) for known, count in self.counts.items()}
        return Baseline({known: count for known, count in counts.items() if count}, self.written and other.written)


NO_BASELINE = Baseline(written=False)
"""That of a repository which has none."""
