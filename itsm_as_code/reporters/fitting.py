"""Text that fits a terminal: lines broken between words, and long lists cut short with a word of what is missing."""

import textwrap
from collections.abc import Sequence

from itsm_as_code.reporters.terminal import Look

_LEAST = 24
"""Columns that text is given beside an indentation, however narrow the terminal is."""
_NAMES = 12
"""Names that one enumeration has before it says how many more there are."""


def hanging(head: str, text: str, look: Look, painted: str | None = None) -> list[str]:
    """Return text behind a head; where a terminal is narrower, in several lines, the text kept right of the head.

    `painted` is the head as it is shown, if it has colours. Where the width is 0, it is one line.
    """
    shown = head if painted is None else painted
    if not look.width:
        return [shown + text]
    lines = textwrap.wrap(
        text, max(look.width - len(head), _LEAST), break_long_words=False, break_on_hyphens=False
    ) or [""]
    return [shown + lines[0], *(" " * len(head) + line for line in lines[1:])]


def shown_of(entries: Sequence[object], most: int, look: Look) -> int:
    """Return how many of some entries are shown: all of them, or as many as a terminal is given of a long list.

    A list that is hardly longer is not cut, since a line would say so.
    """
    return most if look.cuts and len(entries) > most + 1 else len(entries)


def names(words: Sequence[str], look: Look) -> str:
    """Return words as an enumeration: ``a, b and 3 more`` where a terminal is given part of a long one."""
    number = shown_of(words, _NAMES, look)
    rest = len(words) - number
    return ", ".join(words[:number]) + (f" and {rest:,} more" if rest else "")
