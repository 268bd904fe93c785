"""Times as people give them: `now`, `10m ago`, `yesterday 14:00`, `2026-03-04 09:00`."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo

from itsm_as_code.model.times import parse_date, parse_time

EXAMPLES = "2026-03-04, 2026-03-04 09:00, 09:00, yesterday, 2 h ago, or 2026-03-04T09:00:00+01:00"
"""What may be written, for hints."""

_UNITS: Mapping[str, timedelta] = {
    **dict.fromkeys(("s", "sec", "second"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "minute"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hour"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day"), timedelta(days=1)),
    **dict.fromkeys(("w", "week"), timedelta(weeks=1)),
}
_DAYS: Mapping[str, int] = {"today": 0, "yesterday": 1}
_AGO = re.compile(r"(\d{1,6}) ?([a-z]+?)s? ago", re.ASCII)
_CLOCK = re.compile(r"(?:(today|yesterday|\d{4}-\d\d-\d\d)(?:[t ]|$))?(?:(\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)


def parse_moment(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant (aware) that a person means, or None where the text says none.

    `now` (aware) is what `ago` and days count from. A time without an offset is one of `zone`; a day without a time
    is its beginning there. Of a wall clock's time that comes twice on a night, the first is meant.
    """
    exact = parse_time(text)
    if exact is not None:
        return exact
    said = " ".join(text.lower().split())
    try:
        if said == "now":
            return now.astimezone(zone)
        ago = _AGO.fullmatch(said)
        if ago is not None:
            return _before(now, int(ago[1]), ago[2], zone)
        return _by_the_clock(said, now, zone)
    except (OverflowError, ValueError):
        return None


def _before(now: datetime, number: int, unit: str, zone: tzinfo) -> datetime | None:
    # "s" is a unit and a plural.
    length = _UNITS.get(unit)
    return (now - number * length).astimezone(zone) if length is not None else None


def _by_the_clock(said: str, now: datetime, zone: tzinfo) -> datetime | None:
    match = _CLOCK.fullmatch(said)
    if match is None or not said:
        return None
    name, hour, minute, second = match.groups()
    day = now.astimezone(zone).date()
    if name in _DAYS:
        day -= timedelta(days=_DAYS[name])
    elif name is not None:
        written = parse_date(name)
        if written is None:
            return None
        day = written
    local = datetime.combine(day, time(int(hour or 0), int(minute or 0), int(second or 0)), zone)
    # There and back again: a time that the clocks leave out is that much later.
    return local.astimezone(UTC).astimezone(zone)
