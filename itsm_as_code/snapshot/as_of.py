"""What of a record holds as of a moment: days in the organisation's time zone, entries made by then, the state."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_date, parse_time
from itsm_as_code.snapshot.derive import opened_at, planned_window
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at


def today(snapshot: Snapshot, as_of: datetime) -> date:
    """Return the day it is at `as_of` (aware) where the organisation is."""
    try:
        return as_of.astimezone(ZoneInfo(snapshot.config.time_zone)).date()
    except OverflowError:
        # In the first and last hours of the calendar another zone has a day that it does not know.
        return as_of.date()


def day(value: object) -> date | None:
    """Return the day that a field's value says; None where it says none."""
    return parse_date(value) if isinstance(value, str) else None


def days_before(end: date, length: timedelta) -> date:
    """Return the day that lies so long before `end`, begun days counting whole; the calendar's first, if before it."""
    days = length.days + bool(length.seconds)
    return end - timedelta(days=days) if days < end.toordinal() else date.min


def entries_at(record: Record, as_of: datetime) -> Iterator[tuple[int, datetime, Mapping[str, Any]]]:
    """Yield the timeline's entries made by `as_of`, each with its position from 0 and its moment, in file order."""
    for position, entry in enumerate(record.timeline):
        at = parse_time(str(entry.get("at")))
        if at is not None and at <= as_of:
            yield position, at, entry


def existed(record: Record, as_of: datetime) -> bool:
    """Return whether the record was there: it was not `created` later. One that does not say so always was."""
    created = record.timeline[:1] and record.timeline[0].get("type") == "created"
    return not created or next(entries_at(record, as_of), None) is not None


def is_final_at(record: Record, as_of: datetime) -> bool:
    """Return whether work on the record had ended by `as_of`."""
    state = record.kind.states.get(state_at(record, as_of))
    return state is not None and state.final


def computed_at(record: Record, as_of: datetime) -> dict[str, Any]:
    """Return what follows from a record as of a moment: how long it has been open, whether it is in its window.

    `open_for` is there for a record of a kind that logs its states while it is open, `in_window` for one with a
    planned window.
    """
    facts: dict[str, Any] = {}
    opened = parse_time(opened_at(record) or "") if record.kind.logged else None
    if opened is not None and opened <= as_of and not is_final_at(record, as_of):
        facts["open_for"] = lasting(as_of - opened)
    window = planned_window(record)
    if window is not None:
        facts["in_window"] = window[0] <= as_of <= window[1]
    return facts


def in_days(days: int) -> str:
    """Return a number of days in words: ``1 day``, ``30 days``."""
    return f"{days:,} day" + ("" if days == 1 else "s")


def lasting(length: timedelta) -> str:
    """Return a length of time in words, without seconds: ``25 min``, ``2 h 10 min``; days from the second on."""
    minutes = length // timedelta(minutes=1)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return f"{minutes} min"
    if length < timedelta(days=2):
        return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return in_days(length.days)
