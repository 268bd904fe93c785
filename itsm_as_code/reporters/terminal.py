"""How text looks: colours where a terminal shows them, counts with their nouns, waivers in words, tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.baseline import FILE
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.model.words import shortened

_REASON = 80
"""Letters of a waiver's reason that are shown; the record has it whole."""

_CODES = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "bold": "1", "dim": "2"}


@dataclass(frozen=True, slots=True)
class Look:
    """A terminal: its width in columns (0: no terminal), whether it wants colour, and whether all of long lists."""

    width: int
    colour: bool
    everything: bool = False

    @property
    def cuts(self) -> bool:
        """Whether long lists are cut short: on a terminal, where nothing else is wanted."""
        return self.width > 0 and not self.everything

    def paint(self, text: str, colour: str) -> str:
        """Return the text in a colour (red, green, yellow, blue), or plain where colour is not wanted."""
        return f"\033[{_CODES[colour]}m{text}\033[0m" if self.colour else text

    def bold(self, text: str) -> str:
        """Return the text in bold."""
        return self.paint(text, "bold")

    def dim(self, text: str) -> str:
        """Return the text in a faint colour."""
        return self.paint(text, "dim")


def counted(number: int, noun: str) -> str:
    """Return the number with its noun in the right form: ``1 record``, ``2 records``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def waived(waiver: Waiver) -> str:
    """Return the waiver in words, to be put after what it waives: until when, by whom and why."""
    agreed = f", approved by {waiver.approved_by}" if waiver.approved_by else ""
    return f"(waived until {waiver.until}{agreed}: {shortened(' '.join(waiver.reason.split()), _REASON)})"


def passed(summary: Mapping[str, int]) -> str:
    """Return how many findings do not count, to be put after those that do: waived, and known from the baseline."""
    waived_ = f", {summary['waived']:,} waived" if summary["waived"] else ""
    known, gone = summary.get("known", 0), summary.get("gone", 0)
    if not known and not gone:
        return waived_
    return f"{waived_}, {known:,} known from {FILE}" + (f" ({gone:,} more of it gone)" if gone else "")


def table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> str:
    """Return rows as aligned columns below a header; the last column is not padded."""
    everything = [list(map(str, header)), *(list(map(str, row)) for row in rows)]
    widths = [max(len(row[column]) for row in everything) for column in range(len(header))]
    lines = []
    for row in everything:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"
