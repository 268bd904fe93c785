"""Impact intervals: when an incident held which service at which level, from the incident's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.status.levels import Level, declared_level, worst

_ENDED = frozenset({"resolved", "closed", "canceled"})
_STARTS = ("started_at", "detected_at", "opened_at")


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in which one record held a service at a level; `end` is None while it lasts."""

    service: str
    """Address of the service."""
    level: Level
    start: datetime
    end: datetime | None

    def holds(self, now: datetime) -> bool:
        """Return whether it holds at `now`; its start belongs to it, its end does not."""
        return self.start <= now and (self.end is None or self.end > now)


@dataclass(frozen=True, slots=True, eq=False)
class Episode:
    """One incident in time: when it began and ended, which services it names, and the intervals it caused."""

    record: Record
    start: datetime | None
    end: datetime | None
    """When it was resolved; None while it is open, or where the record does not say."""
    ended: bool
    services: tuple[str, ...]
    """Addresses of the services it names, each once, in order."""
    intervals: tuple[Interval, ...]

    def is_open(self, now: datetime) -> bool:
        """Return whether it was going on at `now`."""
        if self.start is not None and self.start > now:
            return False
        return not self.ended if self.end is None else self.end > now

    def level(self, now: datetime) -> Level:
        """Return the gravest level at which it holds a service at `now`; operational where it declares none."""
        return worst(interval.level for interval in self.intervals if interval.holds(now))

    def peak(self) -> Level:
        """Return the gravest level it ever declared; operational where it declared none."""
        return worst(interval.level for interval in self.intervals)


def episode(record: Record, targets: Mapping[str, str]) -> Episode:
    """Return the incident's course.

    `targets` gives the service address that each text of the record resolves to; what it lacks is left out.
    The level starts as `public.level` says, `impact` entries change it per service, and the transition into
    a resolved, closed or canceled state ends it; a transition out of it takes it up again. An end before its
    start gives an interval of no length.
    """
    entries = _dated(record.timeline)
    start = next((at for name in _STARTS if (at := _time(record.get(name)))), entries[0][0] if entries else None)
    declared = _services(record, targets)
    course = _Course()
    steps: list[tuple[datetime, int, Mapping[str, Any]]] = [(at, 1, entry) for at, entry in entries]
    if start is not None:
        steps.append((start, 0, {"type": "impact", "services": declared, "level": record.get("public.level")}))
    known = {**targets, **{service: service for service in declared}}
    for at, _, entry in sorted(steps, key=lambda step: step[:2]):
        course.take(at, entry, known)
    ended = course.ended_at is not None or record.state in _ENDED or record.is_final
    if ended and steps:
        # Whatever is left begins after the end, or the record does not say when it ended.
        course.end(max(step[0] for step in steps), final=False)
    intervals = course.all()
    return Episode(
        record=record,
        start=start,
        end=course.ended_at,
        ended=ended,
        services=tuple(dict.fromkeys((*declared, *(interval.service for interval in intervals)))),
        intervals=intervals,
    )


def _time(value: object) -> datetime | None:
    return parse_time(value) if isinstance(value, str) else None


def _dated(timeline: Sequence[Mapping[str, Any]]) -> Sequence[tuple[datetime, Mapping[str, Any]]]:
    return [(at, entry) for entry in timeline if (at := _time(entry.get("at")))]


def _services(record: Record, targets: Mapping[str, str]) -> Sequence[str]:
    named = record.get("public.services")
    texts = named if isinstance(named, list) and named else record.strings("services")
    return _resolved(texts, targets)


def _resolved(texts: object, targets: Mapping[str, str]) -> Sequence[str]:
    if not isinstance(texts, list | tuple):
        return []
    return list(dict.fromkeys(targets[text] for text in texts if isinstance(text, str) and text in targets))


@dataclass(slots=True)
class _Course:
    """The levels while the entries of one incident are gone through in the order of time."""

    now: dict[str, tuple[Level, datetime]] = field(default_factory=dict)
    closed: list[Interval] = field(default_factory=list)
    paused: dict[str, Level] = field(default_factory=dict)
    ended_at: datetime | None = None

    def take(self, at: datetime, entry: Mapping[str, Any], targets: Mapping[str, str]) -> None:
        """Apply one entry."""
        if entry.get("type") == "impact":
            level = declared_level(entry.get("level"))
            if level is not None:
                self._set(at, _resolved(entry.get("services"), targets), level)
        elif entry.get("type") == "transition":
            if entry.get("to") in _ENDED:
                self.end(at, final=True)
            elif self.ended_at is not None:
                self._reopen(at)

    def _set(self, at: datetime, services: Iterable[str], level: Level) -> None:
        for service in services:
            before = self.now.get(service)
            if before is not None and before[0] == level:
                continue
            if before is not None:
                self._close(service, at)
            if level != "operational":
                self.now[service] = (level, at)

    def _close(self, service: str, at: datetime) -> None:
        level, since = self.now.pop(service)
        self.closed.append(Interval(service, level, since, max(since, at)))

    def end(self, at: datetime, *, final: bool) -> None:
        """Close every interval; `final` where `at` is the time of the end as the record says it."""
        if self.now:
            self.paused = {service: level for service, (level, _) in self.now.items()}
        for service in list(self.now):
            self._close(service, at)
        if final and self.ended_at is None:
            self.ended_at = at

    def _reopen(self, at: datetime) -> None:
        self.ended_at = None
        for service, level in self.paused.items():
            self._set(at, [service], level)
        self.paused = {}

    def all(self) -> tuple[Interval, ...]:
        """Return every interval, in the order of their starts."""
        lasting = [Interval(service, level, since, None) for service, (level, since) in self.now.items()]
        return tuple(sorted((*self.closed, *lasting), key=lambda interval: (interval.start, interval.service)))
