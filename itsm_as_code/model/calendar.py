"""Calendars: the hours of a week that count, without holidays, in a time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """Hours that count, for example business hours.

    `hours` are for each day of the week (0 is Monday) the spans in minutes from midnight, sorted and apart:
    ``{0: ((540, 1020),)}`` is Monday from 09:00 to 17:00. `holidays` are days without hours, by date with their name.
    """

    time_zone: str
    """IANA name, e.g. ``Europe/Zurich``."""
    hours: Mapping[int, tuple[tuple[int, int], ...]]
    holidays: Mapping[date, str]

    def covers(self, start: datetime, end: datetime) -> bool:
        """Return whether every moment from `start` to `end` (aware, `start` not after `end`) is in its hours."""
        zone = ZoneInfo(self.time_zone)
        first, last = start.astimezone(zone), end.astimezone(zone)
        if last.date() - first.date() > timedelta(days=366):
            return all(self.hours.get(day) == ((0, MINUTES_A_DAY),) for day in range(7)) and not self.holidays
        day = first.date()
        while day <= last.date():
            begin = first if day == first.date() else datetime.combine(day, time(), zone)
            finish = last if day == last.date() else datetime.combine(day + timedelta(days=1), time(), zone)
            if (begin < finish or first == last) and not self._covers_on(day, begin, finish):
                return False
            day += timedelta(days=1)
        return True

    def _covers_on(self, day: date, start: datetime, end: datetime) -> bool:
        """Return whether one span of the day holds both; `end` may be the midnight that ends the day."""
        begin = _minutes(start)
        finish = _minutes(end) if end.date() == day else MINUTES_A_DAY
        return any(low <= begin and finish <= high for low, high in self.spans(day))

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the spans of a day in minutes from midnight; none on a holiday."""
        return () if day in self.holidays else self.hours.get(day.weekday(), ())


def _minutes(moment: datetime) -> float:
    """Return the wall clock's minutes from midnight."""
    return moment.hour * 60 + moment.minute + moment.second / 60 + moment.microsecond / 60_000_000
