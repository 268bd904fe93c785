"""Faults (what a rule says) and findings (what a person reads)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Literal

from itsm_as_code.model.place import FieldPath, Place
from itsm_as_code.model.waiver import Waiver

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class OtherEnd:
    """What else a fault is about: a field path of a file (its first line for the root), and what stands there.

    `message` is a few words for a list of places: ``has this id already``, ``the record that was meant?``.
    """

    file: str
    path: FieldPath
    message: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a field path of one file, in words; the engine makes it a finding.

    The reader, which knows lines but not always paths, gives `place`; rules give `path`.
    `at_key` points at the field's name and not at its value. `rule` is stamped by the engine for rules,
    and said here by the reader and the validator. `severity` is for faults whose record decides how grave they are;
    the organisation's settings go before it. `others` are the other ends of a fault between records.
    """

    file: str
    path: FieldPath
    message: str
    at_key: bool = False
    place: Place | None = None
    rule: str = ""
    severity: Severity | None = None
    others: tuple[OtherEnd, ...] = ()

    @classmethod
    def at(cls, rule: str, file: str, message: str, line: int = 1, column: int = 1) -> "Fault":
        """Return the fault of a rule at a line and column, which no field path leads to."""
        return cls(file, (), message, place=Place(file, line, column), rule=rule)


@dataclass(frozen=True, slots=True)
class Related:
    """A place that a finding is about as well, and what stands there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault with its place, rule id and severity; sorted by file, line, column and rule."""

    place: Place
    rule: str
    message: str
    severity: Severity
    record: str
    """Address of the record (``ci:web-01``); empty where the file is not a record."""
    field: str
    """Field path as text (``cis[0].ci``); empty for the whole file."""
    waiver: Waiver | None = dataclass_field(default=None, compare=False)
    """Why it may pass; it follows from file and rule, so findings are told apart and sorted without it."""
    related: tuple[Related, ...] = dataclass_field(default=(), compare=False)
    """The other ends of a fault between records; they follow from the fault, as the waiver does."""
    anchor: str = dataclass_field(default="", compare=False)
    """The field path in words that survive edits elsewhere (``cis[ci:web-01].ci``); empty where there is no path."""
    known: bool = dataclass_field(default=False, compare=False)
    """Whether the baseline knows it, so that it does not count; never of what is waived."""

    @property
    def counts(self) -> bool:
        """Whether it counts as error or warning: it is neither waived nor known."""
        return self.waiver is None and not self.known

    @property
    def statement(self) -> str:
        """What it says, without the advice that follows."""
        return self.message.partition("; ")[0].partition(" (did you mean")[0]

    def below(self, folder: str) -> "Finding":
        """Return the finding as seen from above: with a folder (``ops/``) before its own and its related files."""
        related = tuple(Related(_below(other.place, folder), other.message) for other in self.related)
        return replace(self, place=_below(self.place, folder), related=related)


def _below(place: Place, folder: str) -> Place:
    return Place(folder + place.file, place.line, place.column)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings count as errors and as warnings, and how many are waived or known and count as neither."""

    errors: int
    warnings: int
    waived: int
    known: int


def tally(findings: Sequence[Finding]) -> Tally:
    """Return how many findings there are of each sort."""
    told = [finding.severity for finding in findings if finding.counts]
    known = sum(finding.known for finding in findings)
    return Tally(told.count("error"), told.count("warning"), len(findings) - len(told) - known, known)
