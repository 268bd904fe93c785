"""Reads the calendars of `itsm.yaml`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from itsm_as_code.model.calendar import DAYS, Calendar
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened

_FILE = "itsm.yaml"
_EXAMPLE = "; write e.g. Europe/Zurich"


def is_zone(name: str) -> bool:
    """Return whether the text is a time zone's IANA name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def no_zone(name: str) -> str:
    """Return the statement that a text is no time zone, with the one that is near: ``Zurich`` → Europe/Zurich."""
    zones = available_timezones()
    city = name.strip().replace(" ", "_").lower()
    near = sorted(zone for zone in zones if zone.lower().rpartition("/")[2] == city) or nearest(name, zones, most=1)
    return f"{shortened(name)} is no time zone" + (f" (did you mean {near[0]}?)" if near else _EXAMPLE)


def read_calendar(words: Mapping[str, Any], zone: str) -> Calendar:
    """Return the calendar that valid settings say; `zone` is the organisation's."""
    hours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for span in words["hours"]:
        for day in span["days"]:
            hours[DAYS.index(day)].append((_minutes(span["start"]), _minutes(span["end"])))
    return Calendar(
        words.get("time_zone", zone),
        {day: tuple(sorted(spans)) for day, spans in hours.items()},
        {date.fromisoformat(holiday["date"]): holiday["name"] for holiday in words.get("holidays", ())},
    )


def calendar_faults(calendars: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the schema cannot say of calendars: unknown time zones, hours that overlap, days given twice."""
    for name, words in calendars.items():
        path: FieldPath = ("calendars", name)
        zone = words.get("time_zone", "UTC")
        if not is_zone(zone):
            yield Fault(_FILE, (*path, "time_zone"), no_zone(zone))
        backwards = list(_backwards(path, words["hours"]))
        yield from backwards or _overlaps(path, words["hours"])
        yield from _repeated(path, words.get("holidays", ()))


def _backwards(path: FieldPath, hours: list[Mapping[str, Any]]) -> Iterator[Fault]:
    for number, span in enumerate(hours):
        if _minutes(span["start"]) >= _minutes(span["end"]):
            message = f"hours end at {span['end']} and begin at {span['start']}; write those over midnight as two"
            yield Fault(_FILE, (*path, "hours", number, "end"), message)


def _overlaps(path: FieldPath, hours: list[Mapping[str, Any]]) -> Iterator[Fault]:
    for day, spans in read_calendar({"hours": hours}, "UTC").hours.items():
        if any(end > start for (_, end), (start, _) in pairwise(spans)):
            yield Fault(_FILE, (*path, "hours"), f"hours of {DAYS[day]} overlap")


def _repeated(path: FieldPath, holidays: list[Mapping[str, str]]) -> Iterator[Fault]:
    names: dict[str, str] = {}
    for number, holiday in enumerate(holidays):
        day = holiday["date"]
        if day in names:
            yield Fault(_FILE, (*path, "holidays", number, "date"), f"{day} is a holiday already: {names[day]}")
        names.setdefault(day, holiday["name"])


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
