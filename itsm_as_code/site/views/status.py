"""The status page of the internal site: every service, open incidents, maintenance and the last fortnight."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from itsm_as_code.site.course import spell
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.history import day_by_day
from itsm_as_code.site.moments import Moment, span_words
from itsm_as_code.site.page import root_of
from itsm_as_code.site.tones import Chip, headline_tone, level_chip, phase_chip, priority_chip, state_chip
from itsm_as_code.site.views.record import Because, because
from itsm_as_code.snapshot import derive
from itsm_as_code.snapshot.transitions import state_at
from itsm_as_code.status.intervals import Episode
from itsm_as_code.status.levels import worst
from itsm_as_code.status.maintenance import Maintenance
from itsm_as_code.status.overview import Standing
from itsm_as_code.status.rollup import Headline, headline

_NO_GROUP = "Services"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service with its status and the reasons for it."""

    name: str
    href: str
    chip: Chip
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class ServiceGroup:
    """Services under one heading; `open` where the group is not all green, or is the only one."""

    name: str
    chip: Chip
    lines: tuple[ServiceLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident: what it does to whom, since when."""

    anchor: Anchor
    id: str
    priority: Chip | None
    state: Chip | None
    level: Chip | None
    since: Moment | None
    until: Moment | None
    length: str
    services: tuple[Anchor, ...]
    team: Anchor | None


@dataclass(frozen=True, slots=True)
class MaintenanceLine:
    """One change with an expected outage."""

    anchor: Anchor
    id: str
    chip: Chip
    start: Moment | None
    end: Moment | None
    length: str
    services: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class DayView:
    """One day of the history: the incidents that it saw."""

    name: str
    incidents: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """The status page."""

    headline: Headline
    tone: str
    groups: tuple[ServiceGroup, ...]
    incidents: tuple[IncidentLine, ...]
    maintenance: tuple[MaintenanceLine, ...]
    days: tuple[DayView, ...]
    unread: tuple[Anchor, ...]
    """The incidents, changes and services that cannot be read."""
    total: int


def status_view(edition: Edition, path: str) -> StatusView:
    """Return the status page's view."""
    root, view = root_of(path), edition.overview
    head = headline(view, edition.now, {address: _name(standing) for address, standing in view.standings.items()})
    return StatusView(
        headline=head,
        tone=headline_tone(head, len(view.open_incidents)),
        groups=_groups(edition, root),
        incidents=tuple(incident_line(edition, item, root) for item in view.open_incidents),
        maintenance=maintenance_lines(edition, root, {"proposed", "planned", "active", "unconfirmed"}),
        days=tuple(_days(edition, root)),
        unread=tuple(edition.anchor(record.address, root) for record in view.unread),
        total=len(view.standings),
    )


def _name(standing: Standing) -> str:
    return standing.service.title


def _groups(edition: Edition, root: str) -> tuple[ServiceGroup, ...]:
    grouped: dict[str, list[Standing]] = {}
    for standing in edition.overview.standings.values():
        grouped.setdefault(group_of(standing), []).append(standing)
    return tuple(
        ServiceGroup(
            name or _NO_GROUP,
            level_chip(worst(standing.level for standing in held)),
            tuple(_service_line(edition, standing, root) for standing in sorted(held, key=order_in_group)),
            open=True,
        )
        for name, held in sorted(grouped.items(), key=lambda item: (not item[0], item[0]))
    )


def group_of(standing: Standing) -> str:
    """Return the heading under which a service stands; empty where it names none."""
    group = standing.service.get("public.group")
    return group if isinstance(group, str) else ""


def order_in_group(standing: Standing) -> tuple[int, str]:
    """Return the place of a service in its group: as it says, then by title."""
    order = standing.service.get("public.order")
    return (order if isinstance(order, int) else 1000, standing.service.title.casefold())


def _service_line(edition: Edition, standing: Standing, root: str) -> ServiceLine:
    anchor = edition.anchor(standing.service.address, root)
    return ServiceLine(anchor.text, anchor.href, level_chip(standing.level), because(edition, anchor.address, root))


def moment_of(edition: Edition, at: datetime | None) -> Moment | None:
    """Return the words for an instant that may not be known."""
    return edition.clock.moment(at) if at is not None else None


def incident_line(edition: Edition, item: Episode, root: str) -> IncidentLine:
    """Return the line of an incident, from a page whose way to the build's folder is `root`."""
    record = item.record
    is_open = item.is_open(edition.now)
    level = item.level(edition.now) if is_open else item.peak(edition.now)
    links = edition.snapshot.graph.outgoing.get(record.address, ())
    team = next((link.target for link in links if link.path == ("assignment", "team")), None)
    return IncidentLine(
        anchor=edition.anchor(record.address, root),
        id=record.id,
        priority=priority_chip(derive.priority(record, edition.snapshot.config)),
        state=state_chip(record, state_at(record, edition.now)),
        level=level_chip(level) if level != "operational" else None,
        since=moment_of(edition, item.start),
        until=moment_of(edition, item.end(edition.now)),
        length=spell(item, edition.now),
        services=tuple(edition.anchor(address, root) for address in item.services),
        team=edition.anchor(team, root) if team else None,
    )


def maintenance_lines(edition: Edition, root: str, phases: set[str]) -> tuple[MaintenanceLine, ...]:
    """Return the lines of the maintenance in these phases, by start."""
    works = [work for work in edition.overview.maintenances.values() if work.phase in phases]
    return tuple(_maintenance_line(edition, work, root) for work in sorted(works, key=_start))


def _start(work: Maintenance) -> tuple[float, str]:
    return (work.start.timestamp() if work.start is not None else float("inf"), work.record.id)


def _maintenance_line(edition: Edition, work: Maintenance, root: str) -> MaintenanceLine:
    return MaintenanceLine(
        anchor=edition.anchor(work.record.address, root),
        id=work.record.id,
        chip=phase_chip(work.phase),
        start=moment_of(edition, work.start),
        end=edition.clock.until(work.end, work.start) if work.end else None,
        length=span_words(work.start, work.end),
        services=tuple(edition.anchor(address, root) for address in work.services),
    )


def _days(edition: Edition, root: str) -> Iterator[DayView]:
    for name, items in day_by_day(edition.overview.episodes.values(), edition.now, edition.clock):
        yield DayView(name, tuple(incident_line(edition, item, root) for item in items))
