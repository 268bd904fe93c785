"""Calendars: the hours of a week that count, without holidays, in a time zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_A_DAY = 24 * 60
_LONG = timedelta(days=366)
"""What is longer than this is not walked through day by day."""


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
        """Return whether every moment from `start` to `end` (aware) is in its hours; never where `end` is before."""
        # Times of one zone would be compared by their wall clocks, which do not say which of two equal hours is meant.
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end < start:
            return False
        if end - start > _LONG:
            whole = ((0, MINUTES_A_DAY),)
            return not self.holidays and all(self.hours.get(day) == whole for day in range(7))
        reached = start
        for begin, finish in self._around(start, end):
            if begin > reached:
                return False
            reached = max(reached, finish)
            if reached >= end:
                return True
        return False

    def spans(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the spans of a day in minutes from midnight; none on a holiday."""
        return () if day in self.holidays else self.hours.get(day.weekday(), ())

    def intervals(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the hours of a day as instants in UTC, in order.

        A wall clock's time that comes twice on the night when clocks go back counts both times; one that is left out
        when they go forward is that many minutes later.
        """
        zone = ZoneInfo(self.time_zone)
        for begin, finish in self.spans(day):
            yield _instant(day, begin, zone, 0), max(_instant(day, finish, zone, fold) for fold in (0, 1))

    def _around(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the intervals that end after `start`, of the days up to that of `end`; none outside of the calendar."""
        try:
            zone = ZoneInfo(self.time_zone)
            day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
            while day <= last:
                yield from (interval for interval in self.intervals(day) if interval[1] >= start)
                day += timedelta(days=1)
        except OverflowError:
            return


def _instant(day: date, minutes: int, zone: ZoneInfo, fold: int) -> datetime:
    """Return when the wall clock shows so many minutes from the midnight that begins the day."""
    return (
        datetime.combine(day + timedelta(days=minutes // MINUTES_A_DAY), time(), zone)
        .replace(hour=minutes % MINUTES_A_DAY // 60, minute=minutes % 60, fold=fold)
        .astimezone(UTC)
    )
