"""Episodes: when an incident was open, at which level it says it was, and which services it held at which level."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.status.course import ENDED, Course, Interval, Span
from itsm_as_code.status.levels import Level, declared_level, worst

_STARTS = ("started_at", "detected_at", "opened_at")
_ITSELF = ""
"""Stands for the services of an incident that names none."""


@dataclass(frozen=True, slots=True)
class Impact:
    """When users felt it: from the first declared level to the last, without the time between them in `length`."""

    start: datetime
    end: datetime | None
    """None while it lasts."""
    length: timedelta


@dataclass(frozen=True, slots=True, eq=False)
class Episode:
    """One incident in time: when it was open, and the levels it declares."""

    record: Record
    start: datetime | None
    """When it began; never after its first entry, since something was known of it then."""
    spans: tuple[Span, ...]
    """The stretches of time in which it was open; more than one where it was reopened."""
    ended: bool
    """Whether its record says that it is over, with or without saying when."""
    services: tuple[str, ...]
    """Addresses of the services it names and the audience knows, each once, in order."""
    intervals: tuple[Interval, ...]
    """The levels of those services."""
    levels: tuple[Interval, ...]
    """The levels of all that it names, whether or not there is such a service: its own level follows from these."""

    def has_begun(self, now: datetime) -> bool:
        """Return whether anything of it was known at `now`."""
        return self.start is None or self.start <= now

    def is_open(self, now: datetime) -> bool:
        """Return whether it was going on at `now`."""
        return any(span.holds(now) for span in self.spans) if self.spans else not self.ended

    def end(self, now: datetime) -> datetime | None:
        """Return when it ended, as known at `now`; None while it is open, or where the record does not say."""
        ends = [span.end for span in self.spans if span.end is not None and span.end <= now]
        return max(ends) if ends and not self.is_open(now) else None

    def reopened(self, now: datetime) -> datetime | None:
        """Return when it was opened again, for the last time before `now`; None where it was not."""
        return max((span.start for span in self.spans[1:] if span.start <= now), default=None)

    def level(self, now: datetime) -> Level:
        """Return the gravest level that it declares at `now`; operational where it declares none."""
        return worst(interval.level for interval in self.levels if interval.holds(now))

    def peak(self, now: datetime) -> Level:
        """Return the gravest level it declared up to `now`; operational where it declared none."""
        return worst(interval.level for interval in self.levels if interval.start <= now)

    def impact(self, now: datetime) -> Impact | None:
        """Return when it was felt, as known at `now`; None where no level is declared or no end is known."""
        felt = [(held.start, min(held.end or now, now)) for held in self.levels if held.start <= now]
        length, reached = timedelta(0), None
        for start, end in sorted(felt):
            length += max(end - max(start, reached or start), timedelta(0))
            reached = max(end, reached or end)
        if not length or (self.ended and not self.spans):
            return None
        return Impact(min(start for start, _ in felt), None if self.level(now) != "operational" else reached, length)


def episode(record: Record, targets: Mapping[str, str], known: Container[str]) -> Episode:
    """Return the incident's course.

    `targets` gives the address that each text of the record resolves to, `known` are the addresses of the services
    that the audience knows. The level starts as `public.level` says, `impact` entries change it per service, and the
    transition into a resolved, closed or canceled state ends it; a transition out of it takes it up again. A canceled
    incident was none and has no levels.
    """
    entries = [(at, entry) for entry in record.timeline if (at := _time(entry.get("at")))]
    start = _start(record, entries)
    ended = record.state in ENDED or record.is_final
    scope = _Scope(targets, known, _named(record, targets))
    course = Course()
    if start is not None:
        course.begin(start, scope.named or [_ITSELF], declared_level(record.get("public.level")))
        for at, entry in sorted(entries, key=lambda dated: dated[0]):
            course.take(at, entry, scope.of(entry, itself=record.get("public.level") is not None))
        if ended and course.since is not None:
            # The record does not say when it ended, only that it has.
            course.cut(max((start, *(at for at, _ in entries))))
        elif course.since is not None:
            course.spans.append(Span(course.since, None))
    levels = () if record.state == "canceled" else course.intervals()
    intervals = tuple(interval for interval in levels if interval.service in known)
    named = (*(service for service in scope.named if service in known), *(held.service for held in intervals))
    return Episode(
        record=record,
        start=start,
        spans=tuple(course.spans),
        ended=ended,
        services=tuple(dict.fromkeys(named)),
        intervals=intervals,
        levels=levels,
    )


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an incident is about."""

    targets: Mapping[str, str]
    known: Container[str]
    named: Sequence[str]

    def of(self, entry: Mapping[str, Any], *, itself: bool) -> Sequence[str]:
        """Return what an entry is about; others than the audience knows count only where the incident names them."""
        held = _addresses(entry.get("services"), self.targets)
        counted = [service for service in held if service in self.known or service in self.named]
        return counted if self.named or not itself else [*counted, _ITSELF]


def _start(record: Record, entries: Sequence[tuple[datetime, Mapping[str, Any]]]) -> datetime | None:
    told = next((at for name in _STARTS if (at := _time(record.get(name)))), None)
    # What was noted down later may tell of the time before; what moves the incident does not.
    moving = [
        at for at, entry in entries if "recorded_at" not in entry or entry.get("type") in {"transition", "impact"}
    ]
    first = min(moving or [at for at, _ in entries], default=None)
    return min(filter(None, (told, first)), default=None)


def _time(value: object) -> datetime | None:
    return parse_time(value) if isinstance(value, str) else None


def _named(record: Record, targets: Mapping[str, str]) -> Sequence[str]:
    named = record.get("public.services")
    return _addresses(named if isinstance(named, list) and named else record.strings("services"), targets)


def _addresses(texts: object, targets: Mapping[str, str]) -> Sequence[str]:
    """Return what the texts lead to, each once; the text itself where it leads nowhere."""
    if not isinstance(texts, list | tuple):
        return []
    return list(dict.fromkeys(targets.get(text, text) for text in texts if isinstance(text, str)))
