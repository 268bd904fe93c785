"""Remarks: what an import could not say or had to take for granted, with file, row and column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class RowRemark:
    """A sentence about a cell, a row or a file.

    `row` counts as a spreadsheet does (a CSV file's header is row 1) or, of JSON and YAML, the items from 1; it is 0
    where the whole file is meant. `reason` is the same for all rows with the same fault; `value` is what differs.
    """

    file: str
    reason: str
    row: int = 0
    column: str = ""
    value: str = ""


@dataclass(slots=True)
class Remarks:
    """What was said so far."""

    skipped: list[RowRemark] = field(default_factory=list)
    """What did not become what it should have."""
    guessed: list[RowRemark] = field(default_factory=list)
    """What the files do not say, and what was taken for it."""
    folded: list[RowRemark] = field(default_factory=list)
    """Rows of logs that became no entry of their own, since they repeat or undo another."""
    ignored: list[RowRemark] = field(default_factory=list)
    """What the map does not ask for."""
    kept: list[RowRemark] = field(default_factory=list)
    """Records that people made or edited, and which were left as they are."""


@dataclass(frozen=True, slots=True)
class Group:
    """Remarks of one file and column that say the same, with the first few rows and values."""

    file: str
    column: str
    reason: str
    count: int
    examples: Sequence[str]


def grouped(remarks: Iterable[RowRemark], examples: int = 3) -> Sequence[Group]:
    """Return the remarks by file, column and reason, in the order in which each was first said."""
    found: dict[tuple[str, str, str], list[RowRemark]] = {}
    for remark in remarks:
        found.setdefault((remark.file, remark.column, remark.reason), []).append(remark)
    return [Group(*key, len(said), tuple(filter(None, map(_example, said[:examples])))) for key, said in found.items()]


def _example(remark: RowRemark) -> str:
    row = f"row {remark.row}" if remark.row else ""
    return " ".join(part for part in (row, remark.value) if part)


def remark_fields(remark: RowRemark) -> Mapping[str, str | int]:
    """Return a remark as a mapping for machines."""
    return {
        "file": remark.file,
        "row": remark.row,
        "column": remark.column,
        "reason": remark.reason,
        "value": remark.value,
    }
