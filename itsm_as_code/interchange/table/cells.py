"""Cells: the texts of a row, conditions on them, and remarks about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from itsm_as_code.interchange.table.convert import clipped
from itsm_as_code.interchange.table.plan import Condition, Plan
from itsm_as_code.interchange.table.remarks import Remarks, RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.interchange.table.template import Template

_SHOWN = 40


@dataclass(slots=True)
class Cells:
    """Reads cells as a map wants them, its null words as nothing."""

    plan: Plan
    remarks: Remarks

    def column(self, name: str, row: Row) -> str | None:
        """Return a column's text; None where it says nothing or a null word."""
        cell = row.cell(name)
        if cell is None:
            return None
        if isinstance(cell, dict):
            self.skip(row, name, "holds fields of its own: left out", "")
            return None
        text = ", ".join(map(scalar_text, cell)) if isinstance(cell, list) else scalar_text(cell)
        return None if text in self.plan.nulls else text

    def fill(self, template: Template, row: Row) -> str | None:
        """Return a template's text for a row; None where a column that it needs says nothing."""
        if template.alone:
            return self.column(template.alone, row)
        text = template.fill(lambda name: self.column(name, row))
        return None if text is None or text in self.plan.nulls else text

    def holds(self, conditions: Iterable[Condition], row: Row) -> bool:
        """Return whether the row is as all of the conditions ask."""
        return all(self._holds(condition, row) for condition in conditions)

    def _holds(self, condition: Condition, row: Row) -> bool:
        text = self.column(condition.column, row)
        if condition.present is not None:
            return (text is not None) == condition.present
        return (text in condition.texts) != condition.negated

    def skip(self, row: Row, column: str, reason: str, text: str) -> None:
        """Tell what of a row, or of its column, did not become what it should have; `text` is what stands there."""
        self.remarks.skipped.append(RowRemark(row.file, reason, row.number, column, shown(text)))

    def guess(self, row: Row, column: str, reason: str, text: str) -> None:
        """Tell what was taken for granted."""
        self.remarks.guessed.append(RowRemark(row.file, reason, row.number, column, shown(text)))


def shown(text: str) -> str:
    """Return a text as a remark quotes it: on one line and short; empty for an empty one."""
    line = clipped(text, _SHOWN)
    return f"'{line}'" if line else ""


def scalar_text(cell: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return a cell as text, as it would stand in a table; empty for lists and mappings."""
    if isinstance(cell, str):
        # JSON can spell halves of characters, which no file can hold.
        text = cell if cell.isascii() else cell.encode("utf-8", "replace").decode()
        return text.replace("\r\n", "\n").replace("\r", "\n").strip() if "\r" in text else text.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None or isinstance(cell, dict | list) else str(cell)
