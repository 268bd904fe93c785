"""The home page of the internal site: what is broken, what is about to change, what has just happened."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from itsm_as_code.model.finding import tally
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.moments import Moment
from itsm_as_code.site.page import list_path, root_of
from itsm_as_code.site.tones import Chip, priority_chip, state_chip
from itsm_as_code.site.views.status import (
    IncidentLine,
    StatusView,
    incident_line,
    moment_of,
    status_view,
)
from itsm_as_code.site.words import spaced
from itsm_as_code.snapshot import derive

_RECENT = 12
_MOST = 20
_NO_QUEUE = frozenset({"known-error"})
"""Kinds with a timeline whose records nobody has to work off: a published known error is not open, it helps."""
_COMING = frozenset({"authorize", "scheduled", "implement"})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change that is coming or under way."""

    anchor: Anchor
    id: str
    state: Chip | None
    start: Moment | None
    end: Moment | None
    outage: bool


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One open problem."""

    anchor: Anchor
    id: str
    state: Chip | None
    priority: Chip | None
    incidents: int


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind there are, and how many of them are open."""

    label: str
    href: str
    count: int
    open: int | None


@dataclass(frozen=True, slots=True)
class Happening:
    """One recent timeline entry."""

    moment: Moment
    what: str
    anchor: Anchor
    id: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    status: StatusView
    incidents: tuple[IncidentLine, ...]
    changes: tuple[ChangeLine, ...]
    problems: tuple[ProblemLine, ...]
    counts: tuple[KindCount, ...]
    errors: int
    warnings: int
    recent: tuple[Happening, ...]


def home_view(edition: Edition, path: str) -> HomeView:
    """Return the home page's view."""
    root = root_of(path)
    going_on = sorted(edition.overview.open_incidents, key=lambda item: _rank(edition, item.record))
    counts = tally(edition.findings)
    return HomeView(
        status=status_view(edition, path),
        incidents=tuple(incident_line(edition, item, root) for item in going_on[:_MOST]),
        changes=_changes(edition, root),
        problems=_problems(edition, root),
        counts=tuple(_counts(edition, root)),
        errors=counts.errors,
        warnings=counts.warnings,
        recent=_recent(edition, root),
    )


def _rank(edition: Edition, record: Record) -> int:
    return derive.priority(record, edition.snapshot.config) or 9


def _changes(edition: Edition, root: str) -> tuple[ChangeLine, ...]:
    coming = [record for record in edition.shown_of("change") if record.state in _COMING]
    return tuple(_change_line(edition, record, root) for record in sorted(coming, key=_planned)[:_MOST])


def _planned(record: Record) -> tuple[float, str]:
    at = _time(record.get("planned.start"))
    return (at.timestamp() if at is not None else float("inf"), record.id)


def _change_line(edition: Edition, record: Record, root: str) -> ChangeLine:
    start, end = _time(record.get("planned.start")), _time(record.get("planned.end"))
    return ChangeLine(
        anchor=edition.anchor(record.address, root),
        id=record.id,
        state=state_chip(record),
        start=moment_of(edition, start),
        end=edition.clock.until(end, start) if end else None,
        outage=record.get("outage.expected") is True,
    )


def _problems(edition: Edition, root: str) -> tuple[ProblemLine, ...]:
    still = [record for record in edition.shown_of("problem") if not record.is_final and record.state != "resolved"]
    return tuple(
        _problem_line(edition, record, root)
        for record in sorted(still, key=lambda record: (_rank(edition, record), record.id))[:_MOST]
    )


def _problem_line(edition: Edition, record: Record, root: str) -> ProblemLine:
    return ProblemLine(
        anchor=edition.anchor(record.address, root),
        id=record.id,
        state=state_chip(record),
        priority=priority_chip(derive.priority(record, edition.snapshot.config)),
        incidents=len(record.strings("incidents")),
    )


def _counts(edition: Edition, root: str) -> Iterator[KindCount]:
    held: dict[str, list[Record]] = {name: [] for name in edition.snapshot.kinds}
    for record in edition.snapshot.records.values():
        held[record.kind.name].append(record)
    for name, kind in edition.snapshot.kinds.items():
        records = held[name]
        still = sum(1 for record in records if not record.is_final) if kind.logged and name not in _NO_QUEUE else None
        yield KindCount(
            kind.plural[:1].upper() + kind.plural[1:], root + list_path(kind.folder, 1), len(records), still
        )


def _recent(edition: Edition, root: str) -> tuple[Happening, ...]:
    """Return the last entry of each of the records with the latest ones."""
    latest = heapq.nlargest(_RECENT, filter(None, map(partial(_last_entry, edition), edition.snapshot.records)))
    return tuple(
        Happening(edition.clock.moment(at), what, edition.anchor(address, root), edition.snapshot.records[address].id)
        for at, address, what in latest
    )


def _last_entry(edition: Edition, address: str) -> tuple[datetime, str, str] | None:
    """Return time, address and words of the last timeline entry up to now; None where there is none to show."""
    record = edition.shown(address)
    dated = [
        (at, position)
        for position, entry in enumerate(record.timeline if record is not None else ())
        if (at := _time(entry.get("at"))) is not None and at <= edition.now
    ]
    if record is None or not dated:
        return None
    at, position = max(dated)
    entry = record.timeline[position]
    return at, address, _what(entry.get("type"), entry.get("to"))


def _what(type_: object, to: object) -> str:
    if type_ == "transition":
        return spaced(str(to)).capitalize()
    return {"created": "Opened", "communication": "Communication sent"}.get(str(type_), spaced(str(type_)).capitalize())


def _time(value: object) -> datetime | None:
    return parse_time(value) if isinstance(value, str) else None
