"""Rows: what one line of a table or one object of a list says, by the names of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ITEM = "item"
"""What maps call the text itself, where a list holds texts and not objects."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: its file and number for people, and its cells.

    Cells are texts, or what JSON and YAML hold: None, truth values, numbers, lists and mappings.
    `above` is the row in whose list this one stands; what this one does not say is looked for there.
    """

    file: str
    number: int
    cells: Mapping[str, Any]
    above: "Row | None" = None

    def cell(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the cell of a column, or what a path with dots leads to (``fields.role``, ``tags.0``); else None."""
        if name in self.cells:
            return self.cells[name]
        value: Any = self.cells
        for step in name.split("."):
            value = _inner(value, step)
        if value is None and self.above is not None:
            return self.above.cell(name)
        return value

    def items(self, name: str) -> Sequence["Row"]:
        """Return the items of the list at a column or path as rows of their own; a text is a list of one."""
        value = self.cell(name)
        if value is None or value == "":
            return ()
        found = value if isinstance(value, list) else [value]
        return [Row(self.file, self.number, item if isinstance(item, dict) else {ITEM: item}, self) for item in found]


def _inner(value: Any, step: str) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and step.isascii() and step.isdigit():
        return value[int(step)] if len(step) < 6 and int(step) < len(value) else None  # noqa: PLR2004 - no list is longer
    return None
