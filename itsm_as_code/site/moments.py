"""Times as people read them: in the organisation's zone and in UTC, and durations in words."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, three ways."""

    iso: str
    """For machines: ``2026-03-04T02:07:00Z``."""
    local: str
    """In the organisation's zone: ``4 Mar 2026, 03:07 CET``."""
    utc: str
    """In UTC, with the day where it differs: ``02:07 UTC``; empty where the zone is UTC."""


@dataclass(slots=True, eq=False)
class Clock:
    """Words for instants in one time zone; each instant is worded once."""

    zone: tzinfo
    _known: dict[datetime, Moment] = field(default_factory=dict)

    def moment(self, at: datetime) -> Moment:
        """Return the words for an aware instant."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._word(at)
        return known

    def until(self, end: datetime, start: datetime | None) -> Moment:
        """Return the words for an end, without the day where it is that of the start."""
        moment = self.moment(end)
        if start is None or self.day(start) != self.day(end):
            return moment
        return Moment(moment.iso, moment.local.partition(", ")[2], moment.utc)

    def _word(self, at: datetime) -> Moment:
        there, here = at.astimezone(UTC), self.local(at)
        iso = there.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
        name = here.tzname() or "UTC"
        if here.utcoffset() == timedelta(0) and name == "UTC":
            return Moment(iso, f"{day_words(here)}, {here:%H:%M} UTC", "")
        if name[0] in "+-":
            name = f"UTC{name}"
        utc = (
            f"{there:%H:%M} UTC"
            if there.date() == here.date()
            else f"{there.day} {_MONTHS[there.month - 1]}, {there:%H:%M} UTC"
        )
        return Moment(iso, f"{day_words(here)}, {here:%H:%M} {name}", utc)

    def local(self, at: datetime) -> datetime:
        """Return the instant in the zone; in UTC where the zone has no such time (at the ends of the calendar)."""
        try:
            return at.astimezone(self.zone)
        except (OverflowError, ValueError):
            return at.astimezone(UTC)

    def day(self, at: datetime) -> date:
        """Return the calendar day in the zone."""
        return self.local(at).date()


def clock(time_zone: str) -> Clock:
    """Return the clock of an IANA zone; that of UTC where the zone is not known here."""
    try:
        return Clock(ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Clock(UTC)


def day_words(day: date) -> str:
    """Return a day as ``4 Mar 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_words(day: date) -> str:
    """Return a day as ``Wednesday, 4 Mar 2026``."""
    return f"{_DAYS[day.weekday()]}, {day_words(day)}"


def duration_words(length: timedelta) -> str:
    """Return a length of time as ``3 h 12 min``; below a minute as ``under 1 min``, from a day on as ``2 d 3 h``."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under 1 min"
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    hours, minutes = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (0 if days else minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def span_words(start: datetime | None, end: datetime | None) -> str:
    """Return the time between in words, as the minutes shown of both say; empty where not known or backwards."""
    if start is None or end is None or end < start:
        return ""
    whole = _minute(end) - _minute(start)
    return duration_words(whole if end - start >= timedelta(minutes=1) else end - start)


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
