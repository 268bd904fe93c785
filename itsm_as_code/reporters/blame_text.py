"""Blame as text: a record line by line, each with who gave it its present value, and when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import groupby

from itsm_as_code.reporters.history_words import Facts, entry_text, plain, signed, value_text
from itsm_as_code.reporters.life_text import PLAIN, heading
from itsm_as_code.reporters.terminal import Look

_STEP = re.compile(r"\[.*?\](?=\.|\[|$)|\.?[^.\[]+")
"""A step of a field's name, with what leads to it: ``cis``, ``[ci:web-01]``, ``.role``."""
_HEADER = ("SINCE", "BY", "COMMIT", "FIELD")
_NOBODY: Mapping[str, None] = {"commit": None}


def blame_text(facts: Facts, zone: tzinfo, look: Look = PLAIN) -> str:
    """Return who gave each field its present value, as `blame_facts` of the history has it.

    What holds other values is one line where one commit gave it all of them.
    """
    rows = [
        (*_signed(facts, commit, zone), f"{plain(name)}: {value_text(value, look)}")
        for name, value, commit in _together(facts["fields"])
    ]
    entries = [
        (*_signed(facts, entry["commit"], zone), entry_text(entry["value"], look, zone)) for entry in facts["timeline"]
    ]
    lines = [*heading(facts, look), ""]
    lines += _aligned([_HEADER, *rows], look)
    if entries:
        lines += ["", *_aligned([(*_HEADER[:-1], "TIMELINE"), *entries], look)]
    return "\n".join([*lines, "", f"times of {zone}"]) + "\n"


def _signed(facts: Facts, commit: str | None, zone: tzinfo) -> tuple[str, str, str]:
    return signed(_NOBODY if commit is None else facts["commits"][commit], zone)


def _together(fields: Sequence[Facts], depth: int = 1) -> Iterator[tuple[str, object, str | None]]:
    """Yield name, value and commit of each field; what one commit gave is taken together as far up as it goes."""
    for steps, held in groupby(fields, key=lambda field: _STEP.findall(field["field"])[:depth]):
        inner = list(held)
        if len({field["commit"] for field in inner}) == 1:
            name = "".join(steps) if len(inner) > 1 else inner[0]["field"]
            yield name, _value(inner, name), inner[0]["commit"]
        elif len(steps) < depth:
            # What names an item of a list may hold brackets, and then there is no telling steps apart.
            yield from ((field["field"], field["value"], field["commit"]) for field in inner)
        else:
            yield from _together(inner, depth + 1)


def _value(fields: Sequence[Facts], name: str) -> object:
    """Return the value of a field, or what stands in it: a mapping's fields with their names."""
    if len(fields) == 1:
        return fields[0]["value"]
    inner = {field["field"].removeprefix(name).removeprefix("."): field["value"] for field in fields}
    return list(inner.values()) if any("[" in step for step in inner) else inner


def _aligned(rows: Sequence[Sequence[str]], look: Look) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    lines = []
    for number, row in enumerate(rows):
        signature = "  ".join(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True))
        text = f"{signature}  {row[-1]}"
        if look.cuts and len(text) > look.width:
            text = f"{text[: look.width - 1]}…"
        lines.append(look.bold(text) if number == 0 else f"{look.dim(text[: len(signature)])}{text[len(signature) :]}")
    return lines
