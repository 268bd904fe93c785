"""How fast and how small the program is meant to be, and whether it was."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bench.measure import Run

_LEAST = 0.001
"""Seconds below which nothing can be told from start-up."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something measured, the most that it may be, and the unit of both."""

    name: str
    most: float
    measured: float
    unit: str = ""

    def row(self) -> str:
        """Return its row of the table."""
        met = "yes" if self.measured <= self.most else "**no**"
        return f"| {self.name} | {self.most:g}{self.unit} | {self.measured:.2f}{self.unit} | {met} |"


def target_table(targets: Iterable[Target]) -> Iterator[str]:
    """Yield the lines of the table of targets."""
    yield "\n### Targets\n"
    yield "| | at most | measured | met |"
    yield "|---|--:|--:|---|"
    yield from (target.row() for target in targets)


def targets(
    runs: Mapping[int, Mapping[str, Run]], floor: Run, starts: Mapping[str, Run], graph: float
) -> Iterator[Target]:
    """Yield the targets, as far as they were measured.

    `runs` are by number of records, `floor` is lint of next to nothing, `graph` the seconds of links and graph.
    """
    for records, taken in sorted(runs.items()):
        yield from _of_size(records, taken)
    for few, many in pairwise(sorted(runs)):
        first, last = (max(runs[size]["itsm lint"].cpu - floor.cpu, _LEAST) for size in (few, many))
        power = math.log(last / first) / math.log(many / few)
        yield Target(f"growth of lint from {few:,} to {many:,} records, as an exponent, start-up left out", 1.05, power)
    ratio = starts["itsm --version"].cpu / starts["import click"].cpu
    yield Target("`itsm --version`, CPU against importing click", 1.5, ratio)
    yield Target("links and graph of 10,000 CIs with 50,000 relations, CPU", 1, graph, " s")


def _of_size(records: int, taken: Mapping[str, Run]) -> Iterator[Target]:
    lint, revision = taken["itsm lint"], taken["itsm lint --rev HEAD"]
    if "check-jsonschema" in taken:
        ratio = lint.cpu / taken["check-jsonschema"].cpu
        yield Target(f"lint of {records:,} records, CPU against check-jsonschema (goal: 0.1)", 0.25, ratio)
    ratio = revision.cpu / lint.cpu
    yield Target(f"lint of {records:,} records from a revision, CPU against the working tree", 1.3, ratio)
    each = max(0.0, lint.memory - 40) * 1024 / records
    yield Target(f"memory of lint of {records:,} records: a record, above 40 MiB", 40, each, " kB")
