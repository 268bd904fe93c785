"""Times as people give them: `now`, `10m ago`, `yesterday 14:00`, `2026-03-04 09:00`."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from itsm_as_code.model.times import parse_date, parse_time, time_text
from itsm_as_code.model.words import shortened

EXAMPLES = "2026-03-04, 2026-03-04 09:00, 09:00, yesterday 09:00, 2 h ago, or 2026-03-04T09:00:00+01:00"
"""What may be written, for hints."""

_UNITS: Mapping[str, timedelta] = {
    **dict.fromkeys(("s", "sec", "second"), timedelta(seconds=1)),
    **dict.fromkeys(("m", "min", "minute"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hour"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day"), timedelta(days=1)),
    **dict.fromkeys(("w", "week"), timedelta(weeks=1)),
}
_DAYS: Mapping[str, int] = {"today": 0, "yesterday": 1}
_LENGTH = r"\d{1,6} ?[a-z]+(?:,? ?\d{1,6} ?[a-z]+)*"
_RELATIVE = re.compile(rf"(?P<past>{_LENGTH}) ago|in (?P<future>{_LENGTH})", re.ASCII)
_CLOCK = re.compile(
    r"(?:(?P<day>today|yesterday|\d{4}-\d\d-\d\d)(?:[t ]|$))?"
    r"(?:(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?: ?(?P<offset>z|[+-]\d\d:\d\d))?)?",
    re.ASCII,
)


class NoMomentError(ValueError):
    """A text is no moment: `message` says which and why, without a full stop; `hint` what to write."""

    def __init__(self, message: str, hint: str = f"write {EXAMPLES}") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def parse_moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the instant that a person means, with the offset that they wrote, else that of the zone at that time.

    `now` (aware) is what `ago`, `in` and days count from; a day is 24 hours there. A time without an offset is one of
    `zone`, without a day one of today; a day without a time is its first moment. Raises NoMomentError, which also tells
    of times that the clocks of the zone skipped, and of those that they showed twice.
    """
    exact = parse_time(text.strip())
    if exact is not None:
        return exact
    said = " ".join(text.lower().split())
    try:
        if said == "now":
            return _fixed(now, zone)
        relative = _RELATIVE.fullmatch(said)
        if relative is not None:
            length = _length(relative["past"] or relative["future"], text)
            return _fixed(now - length if relative["past"] else now + length, zone)
        local = _CLOCK.fullmatch(said)
        if local is not None and said:
            return _by_the_clock(local, now.astimezone(zone).date(), zone)
    except OverflowError as error:
        raise NoMomentError(f"{shortened(text)} is further away than calendars reach") from error
    if re.fullmatch(rf"-?{_LENGTH}", said, re.ASCII):
        raise NoMomentError(f"{shortened(text)} is not a time", f'write "{shortened(said.removeprefix("-"))} ago"')
    raise NoMomentError(f"{shortened(text) if said else 'an empty text'} is not a time")


def _length(text: str, whole: str) -> timedelta:
    length = timedelta()
    for number, word in re.findall(r"(\d+) ?([a-z]+)", text):
        # "s" is a unit and a plural.
        unit = _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))
        if unit is None:
            raise NoMomentError(f"{shortened(whole)}: {shortened(word)} is no unit", "units are s, m, h, d and w")
        length += int(number) * unit
    return length


def _by_the_clock(match: re.Match[str], today: date, zone: tzinfo) -> datetime:
    day = _day(match["day"], today)
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    try:
        naive = datetime.combine(day, time(hour, minute, second))
    except ValueError as error:
        raise NoMomentError(f"{match[0]}: no clock shows such a time", "write it from 00:00 to 23:59") from error
    if match["offset"] is not None:
        exact = parse_time(f"{naive.isoformat()}{match['offset']}")
        if exact is None:
            raise NoMomentError(f"{match[0]}: {match['offset']} is no offset", "write it as +01:00, or Z for UTC")
        return exact
    if match["hour"] is None:
        return _fixed(naive.replace(tzinfo=zone), zone)
    return _once(naive, zone)


def _day(said: str | None, today: date) -> date:
    if said is None or said in _DAYS:
        return today - timedelta(days=_DAYS.get(said or "", 0))
    day = parse_date(said)
    if day is None:
        raise NoMomentError(f"{said} is no day of the calendar", "write year, month and day, e.g. 2026-03-04")
    return day


def _once(naive: datetime, zone: tzinfo) -> datetime:
    """Return the one instant at which the clocks of the zone showed this; refuse what they showed never or twice."""
    first, second = (_fixed(naive.replace(tzinfo=zone, fold=fold), zone) for fold in (0, 1))
    if first.replace(tzinfo=None) != naive:
        message = f"{naive:%Y-%m-%d %H:%M} does not exist in {zone}: the clocks went forward then"
        raise NoMomentError(message, f"was it {min(first, second):%H:%M} or {max(first, second):%H:%M}?")
    if first != second:
        message = f"{naive:%Y-%m-%d %H:%M} came twice in {zone}: the clocks went back then"
        raise NoMomentError(message, f"write {time_text(first)} or {time_text(second)}")
    return first


def _fixed(moment: datetime, zone: tzinfo) -> datetime:
    """Return the instant with the zone's offset as a plain one, which counts on without the zone's history.

    There and back again: a time that the clocks left out is that much later.
    """
    return datetime.fromisoformat(moment.astimezone(UTC).astimezone(zone).isoformat())
