"""Words for what a step did to values: times in the organisation's zone, fields by their names, values kept short."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.times import parse_time
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.difference import ABSENT, FieldEdit

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPOKEN = {"cis": "CIs", "pir": "review after implementation", "url": "URL", "sla": "SLA"}
_LONG = 60
"""Letters from which on a text is not told, only that it was rewritten."""
_MONEY = {"amount", "currency"}


def day_and_time(moment: datetime, zone: tzinfo, after: datetime | None = None) -> str:
    """Return an instant (aware) as people of the zone say it: ``Sat 7 Mar 2026 22:00``.

    What is told after another moment leaves out the year, and the day, where they are the same.
    """
    here = _local(moment, zone)
    before = _local(after, zone) if after is not None else None
    if before is not None and before.date() == here.date():
        return f"{here:%H:%M}"
    year = "" if before is not None and before.year == here.year else f" {here.year}"
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]}{year} {here:%H:%M}"


def _local(moment: datetime, zone: tzinfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:
        # In the first and last hours of the calendar another zone has a day that it does not know.
        return moment


def spaced(name: str) -> str:
    """Return a name of the schema as words: ``depends_on`` as ``depends on``, ``in-progress`` as ``in progress``."""
    return _SPOKEN.get(name) or name.replace("_", " ").replace("-", " ")


def listed(words: list[str]) -> str:
    """Return words as people list them: ``a, b and c``."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def number_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``1 note``, ``2 notes``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def field_name(edit: FieldEdit) -> str:
    """Return the field as words, without the item of a list that is meant: ``warranty end``, ``cis role``."""
    return " ".join(spaced(str(step)) for step in edit.path if not isinstance(step, int))


def item_name(edit: FieldEdit) -> tuple[str, str, str] | None:
    """Return list, item and the field within the item, as words; None where the path leads through no single list.

    ``cis[ci:web-01].role`` is the field ``role`` of the item ``ci:web-01`` in the list ``cis``; ``tags[blue]`` is the
    item ``blue`` of ``tags`` itself, whose field is empty.
    """
    positions = [number for number, step in enumerate(edit.path) if isinstance(step, int)]
    if len(positions) != 1:
        return None
    before, after = edit.path[: positions[0]], edit.path[positions[0] + 1 :]
    start = len(_dotted(before)) + 1
    end = len(edit.name) - len(_dotted(("", *after)) if after else "") - 1
    return " ".join(map(_spaced, before)), edit.name[start:end], " ".join(map(_spaced, after))


def _spaced(step: object) -> str:
    return spaced(str(step))


def _dotted(path: FieldPath) -> str:
    return ".".join(map(str, path))


def is_told(value: object) -> bool:
    """Return whether a value is short enough to be told: no mapping, no list, no text of many words."""
    if isinstance(value, dict):
        return value.keys() == _MONEY
    return not isinstance(value, list) and len(str(value)) <= _LONG and "\n" not in str(value).strip()


def value_words(value: Any, zone: tzinfo) -> str:  # noqa: ANN401 - any YAML value
    """Return a value in a few words on one line."""
    if isinstance(value, bool) or value is None or value is ABSENT:
        return "yes" if value is True else "no" if value is False else "nothing"
    if isinstance(value, Mapping):
        if value.keys() == _MONEY:
            return f"{value['amount']} {value['currency']}"
        return ", ".join(f"{spaced(str(key))} {value_words(inner, zone)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(value_words(inner, zone) for inner in value)
    moment = parse_time(value) if isinstance(value, str) else None
    if moment is not None:
        return day_and_time(moment, zone)
    return shortened(" ".join(str(value).split()), _LONG)
