"""The course of one incident: the level of each service while its entries are gone through in the order of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from itsm_as_code.status.levels import Level, declared_level

ENDED = frozenset({"resolved", "closed", "canceled"})
"""The states in which an incident is over for its users."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of time in which one record held a service at a level; `end` is None while it lasts."""

    service: str
    """Address of the service; for a level that stands for the incident itself, whatever names it."""
    level: Level
    start: datetime
    end: datetime | None

    def holds(self, now: datetime) -> bool:
        """Return whether it holds at `now`; its start belongs to it, its end does not."""
        return self.start <= now and (self.end is None or self.end > now)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which an incident was open; `end` is None while it lasts."""

    start: datetime
    end: datetime | None

    def holds(self, now: datetime) -> bool:
        """Return whether it was open at `now`."""
        return self.start <= now and (self.end is None or self.end > now)


@dataclass(slots=True)
class Course:
    """What the entries taken so far come to."""

    since: datetime | None = None
    """Since when it is open; None while it is not."""
    spans: list[Span] = field(default_factory=list)
    closed: list[Interval] = field(default_factory=list)
    _now: dict[str, tuple[Level, datetime]] = field(default_factory=dict)
    _paused: dict[str, Level] = field(default_factory=dict)

    def begin(self, at: datetime, services: Iterable[str], level: Level | None) -> None:
        """Open the incident, with its services at a level where one is declared."""
        self.since = at
        if level is not None:
            self.set(at, services, level)

    def take(self, at: datetime, entry: Mapping[str, Any], services: Iterable[str]) -> None:
        """Apply one timeline entry; `services` are those that it is about."""
        if entry.get("type") == "impact":
            level = declared_level(entry.get("level"))
            if level is not None:
                self.set(at, services, level)
        elif entry.get("type") == "transition":
            if entry.get("to") in ENDED:
                self._end(at)
            elif self.spans and self.since is None:
                self._reopen(at)

    def set(self, at: datetime, services: Iterable[str], level: Level) -> None:
        """Hold the services at a level from now on."""
        for service in services:
            before = self._now.get(service)
            if before is not None and before[0] == level:
                continue
            if before is not None:
                self._close(service, at)
            if level != "operational":
                self._now[service] = (level, at)

    def cut(self, at: datetime) -> None:
        """Close every interval, where the record does not say when it ended."""
        for service in list(self._now):
            self._close(service, at)

    def _close(self, service: str, at: datetime) -> None:
        level, since = self._now.pop(service)
        self.closed.append(Interval(service, level, since, max(since, at)))

    def _end(self, at: datetime) -> None:
        if self._now:
            self._paused = {service: level for service, (level, _) in self._now.items()}
        self.cut(at)
        if self.since is not None:
            self.spans.append(Span(self.since, max(self.since, at)))
            self.since = None

    def _reopen(self, at: datetime) -> None:
        self.since = at
        for service, level in self._paused.items():
            self.set(at, [service], level)
        self._paused = {}

    def intervals(self) -> tuple[Interval, ...]:
        """Return every interval, in the order of their starts."""
        lasting = [Interval(service, level, since, None) for service, (level, since) in self._now.items()]
        return tuple(sorted((*self.closed, *lasting), key=lambda interval: (interval.start, interval.service)))
