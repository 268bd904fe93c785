"""Incidents, maintenance and components as the public sees them, each as one piece of plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from itsm_as_code.site.course import felt_words, spell
from itsm_as_code.site.moments import Moment, span_words
from itsm_as_code.site.public.edition import PublicEdition
from itsm_as_code.site.tones import Chip, level_chip, phase_chip
from itsm_as_code.status.intervals import Episode
from itsm_as_code.status.maintenance import Maintenance

_STATUS_TONES: Mapping[str, str] = {
    "Investigating": "warn",
    "Identified": "warn",
    "Monitoring": "info",
    "Resolved": "good",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A link to a component's page."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class UpdateView:
    """One thing that was said to the public."""

    moment: Moment
    chip: Chip | None
    html: Markup
    team: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of time in which a component was at a level; without `end` while it lasts."""

    place: Place
    chip: Chip
    start: Moment
    end: Moment | None
    length: str


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when; without `end` while it lasts."""

    start: Moment
    end: Moment | None
    length: str


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """One public incident."""

    title: str
    href: str
    open: bool
    chip: Chip
    level: Chip | None
    start: Moment | None
    end: Moment | None
    length: str
    """How long it has been open; once it is over, how long it was felt."""
    impact: Window | None
    """When it was felt; None where no level is declared."""
    affected: tuple[Place, ...]
    message: Markup
    updates: tuple[UpdateView, ...]
    """Newest first."""
    next_update: Moment | None
    late: bool
    """The next update was due before now."""
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class MaintenanceCard:
    """One public change with an expected outage."""

    title: str
    href: str
    chip: Chip
    ahead: bool
    """Its window is still to come."""
    start: Moment | None
    end: Moment | None
    length: str
    worked: Window | None
    """When the work was done; None where it is not over, or the record does not tell."""
    affected: tuple[Place, ...]
    message: Markup
    updates: tuple[UpdateView, ...]


def incident_card(edition: PublicEdition, item: Episode, root: str) -> IncidentCard:
    """Return an incident as the public sees it, from a page whose way to the build's folder is `root`."""
    record, now = item.record, edition.now
    is_open = item.is_open(now)
    level = item.level(now) if is_open else item.peak(now)
    impact = item.impact(now)
    updates = updates_of(edition, record.address, is_open=is_open)
    due = edition.promised.get(record.address)
    return IncidentCard(
        title=record.title,
        href=_href(edition, record.address, root),
        open=is_open,
        chip=_incident_chip(edition, item, is_open=is_open),
        level=level_chip(level) if level != "operational" else None,
        start=_moment(edition, item.start),
        end=_moment(edition, item.end(now)),
        length=spell(item, now),
        impact=_window(edition, impact.start, impact.end, felt_words(impact, now)) if impact else None,
        affected=places(edition, item.services, root),
        message=edition.messages.get(record.address, Markup()),
        updates=updates,
        next_update=_moment(edition, due),
        late=due is not None and due < now,
        stretches=tuple(
            Stretch(
                place=places(edition, [interval.service], root)[0],
                chip=level_chip(interval.level),
                start=edition.clock.moment(interval.start),
                end=_moment(edition, interval.end if interval.end is not None and interval.end <= now else None),
                length=span_words(interval.start, min(interval.end or now, now)),
            )
            for interval in item.intervals
            if interval.start <= now and interval.service in edition.names
        ),
    )


def maintenance_card(edition: PublicEdition, work: Maintenance, root: str) -> MaintenanceCard:
    """Return a change with an expected outage as the public sees it."""
    address = work.record.address
    return MaintenanceCard(
        title=work.record.title,
        href=_href(edition, address, root),
        chip=phase_chip(work.phase),
        ahead=work.phase in {"proposed", "planned"} and (work.start is None or work.start > edition.now),
        start=_moment(edition, work.start),
        end=edition.clock.until(work.end, work.start) if work.end is not None else None,
        length=span_words(work.start, work.end),
        worked=_window(edition, *work.worked, span_words(*work.worked)) if work.worked else None,
        affected=places(edition, work.services, root),
        message=edition.messages.get(address, Markup()),
        updates=updates_of(edition, address),
    )


def places(edition: PublicEdition, services: Iterable[str], root: str) -> tuple[Place, ...]:
    """Return the links to the public ones among the services."""
    return tuple(
        Place(edition.names[address], _href(edition, address, root)) for address in services if address in edition.names
    )


def updates_of(edition: PublicEdition, address: str, *, is_open: bool = False) -> tuple[UpdateView, ...]:
    """Return what a record said to the public, newest first; nothing is green while it is open."""
    return tuple(
        UpdateView(
            edition.clock.moment(update.at),
            _said(update.status, is_open=is_open) if update.status else None,
            update.html,
            update.team,
        )
        for update in edition.updates.get(address, ())
    )


def _incident_chip(edition: PublicEdition, item: Episode, *, is_open: bool) -> Chip:
    if not is_open:
        return Chip("Canceled", "quiet") if item.record.state == "canceled" else Chip("Resolved", "good")
    since = item.reopened(edition.now)
    updates = edition.updates.get(item.record.address, ())
    counting = (update for update in updates if update.status and (since is None or update.at >= since))
    last = next(counting, None)
    status = last.status if last is not None else "Investigating"
    # What is open is not resolved, whatever was told: it is being watched.
    return _said("Monitoring" if status == "Resolved" else status, is_open=True)


def _said(status: str, *, is_open: bool) -> Chip:
    tone = _STATUS_TONES.get(status, "info")
    return Chip(status, "info" if is_open and tone == "good" else tone)


def _window(edition: PublicEdition, start: datetime, end: datetime | None, length: str) -> Window:
    until = edition.clock.until(end, start) if end is not None else None
    return Window(edition.clock.moment(start), until, length)


def _href(edition: PublicEdition, address: str, root: str) -> str:
    path = edition.paths.get(address)
    return root + path if path else ""


def _moment(edition: PublicEdition, at: datetime | None) -> Moment | None:
    return edition.clock.moment(at) if at is not None else None
