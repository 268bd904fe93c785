"""Changes of fields over many records, as table and as CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import tzinfo

from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.history_words import Facts, change_text, plain, signed, value_text
from itsm_as_code.reporters.life_text import PLAIN
from itsm_as_code.reporters.terminal import Look, counted, table

_HEADER = ("WHEN", "WHO", "COMMIT", "RECORD", "FIELD", "CHANGE")
_COLUMNS = (
    "committed_at",
    "author",
    "email",
    "commit",
    "subject",
    "reviewers",
    "pull_request",
    "record",
    "field",
    "old",
    "new",
)
_NAME = 40
"""Letters of a field's name that a terminal is given: one that an item of a list has may be a whole sentence."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def history_table(rows: Sequence[Facts], zone: tzinfo, look: Look = PLAIN) -> str:
    """Return changes as aligned columns, oldest first; times are those of the zone."""
    if not rows:
        return "no changes\n"
    cells = [(*signed(row, zone), plain(row["record"]), _field(row, look), _change(row, look)) for row in rows]
    return f"{table(cells, _HEADER)}\n{counted(len(rows), 'change')}; times of {zone}\n"


def history_csv(rows: Sequence[Facts]) -> str:
    """Return changes as CSV with a header; a field that is not there is an empty cell, and lists have commas."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(text) for text in _texts(row)] for row in rows)
    return output.getvalue()


def _texts(row: Facts) -> list[str]:
    ends = [value_text(row[end], PLAIN) if end in row else "" for end in ("old", "new")]
    author = row["author"]
    told = [row["committed_at"], author["name"], author["email"], row["commit"], row["subject"]]
    reviewers = ", ".join(row["reviewers"])
    return [*told, reviewers, row["pull_request"] or "", row["record"], row["field"], *ends]


def _cell(text: str) -> str:
    """Return a cell on one line; one that a spreadsheet would take for a formula is kept text."""
    shown = plain(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _field(row: Facts, look: Look) -> str:
    name = plain(row["field"]) or "-"
    return shortened(name, _NAME) if look.cuts else name


def _change(row: Facts, look: Look) -> str:
    if not row["field"]:
        return f"added: {value_text(row['new'], look)}" if "new" in row else "removed"
    if "old" not in row:
        return f"+ {value_text(row['new'], look)}"
    if "new" not in row:
        return f"- {value_text(row['old'], look)}"
    return change_text(row["old"], row["new"], look)
