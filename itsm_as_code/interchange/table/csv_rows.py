"""CSV: rows by the names of their columns, with every oddity told."""

import csv
import io
from collections.abc import Iterator, Sequence

from itsm_as_code.interchange.table.remarks import Remarks, RowRemark
from itsm_as_code.interchange.table.rows import Row

_DELIMITERS = ",;\t|"
_MAX_CELL = 16 * 1024 * 1024


def csv_rows(file: str, text: str, delimiter: str, remarks: Remarks) -> list[Row]:
    """Return the rows below the header, without empty ones; what is odd goes into the remarks."""
    rows: list[Row] = []
    header: Sequence[str] = ()
    for number, cells in _records(file, text, delimiter or _delimiter(text), remarks):
        if not any(map(str.strip, cells)):
            continue
        if not header:
            header = _header(file, cells, remarks)
            continue
        if len(cells) < len(header):
            reason = "has fewer cells than the header: the missing ones are empty"
            remarks.guessed.append(RowRemark(file, reason, number))
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        if extra:
            reason = "has more cells than the header: what stands beyond is left out"
            remarks.skipped.append(RowRemark(file, reason, number, value=_short(extra[0])))
        rows.append(Row(file, number, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}))
    return rows


def _records(file: str, text: str, delimiter: str, remarks: Remarks) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with its number; one that cannot be read is told and passed over."""
    before = csv.field_size_limit(_MAX_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                remarks.skipped.append(RowRemark(file, f"cannot be read: {error}", number))
                continue
            yield number, cells
    finally:
        csv.field_size_limit(before)


def _header(file: str, cells: Sequence[str], remarks: Remarks) -> list[str]:
    """Return the names of the columns; one that is empty or there already gets its number."""
    names: list[str] = []
    for position, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())
        if not name:
            name = f"column {position}"
        elif name in names:
            told, count = name, 2
            while (name := f"{told} {count}") in names:
                count += 1
            reason = f"stands in the header more than once: the later one is called {name}"
            remarks.guessed.append(RowRemark(file, reason, column=told))
        names.append(name)
    return names


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line that is not empty: the commonest candidate outside of quotes."""
    line = next((line for line in io.StringIO(text[: 1 << 16]) if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - as much as tells it apart
