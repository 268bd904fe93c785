"""The recent days of a status page: which incidents went on in each."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from itsm_as_code.site.moments import Clock, weekday_words
from itsm_as_code.status.intervals import Episode

HISTORY_DAYS = 15


def day_by_day(episodes: Iterable[Episode], now: datetime, clock: Clock) -> Iterator[tuple[str, Sequence[Episode]]]:
    """Yield each of the last days, today first, with the incidents that went on in it, newest first."""
    today = clock.day(now)
    first = today - timedelta(days=HISTORY_DAYS - 1)
    seen: dict[date, list[Episode]] = {}
    for item in episodes:
        if item.start is None or not item.has_begun(now):
            continue
        over = today if item.is_open(now) else clock.day(item.end(now) or item.start)
        day = max(clock.day(item.start), first)
        while day <= min(over, today):
            seen.setdefault(day, []).append(item)
            day += timedelta(days=1)
    for back in range(HISTORY_DAYS):
        day = today - timedelta(days=back)
        yield weekday_words(day), sorted(seen.get(day, ()), key=recency, reverse=True)


def recency(item: Episode) -> tuple[float, str]:
    """Return what sorts incidents by their start."""
    return (item.start.timestamp() if item.start is not None else 0.0, item.record.id)
