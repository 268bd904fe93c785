"""The public edition: the only door through which the public site sees records, showing only what is allowed.

Allowed are, of public records: title, public message, public communications, levels and times; teams instead of people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_duration, parse_time
from itsm_as_code.site.markdown import markdown
from itsm_as_code.site.moments import Clock, clock
from itsm_as_code.site.page import record_path
from itsm_as_code.site.words import spaced
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import sees
from itsm_as_code.status.intervals import Episode
from itsm_as_code.status.overview import Overview, overview

COMPONENTS = "components"
INCIDENTS = "incidents"
MAINTENANCE = "maintenance"


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that was said to the public."""

    at: datetime
    status: str
    """Investigating, Identified, Monitoring or Resolved; empty where it names none."""
    html: Markup
    team: str
    """The team that said it, where a public team did; people are not named."""


@dataclass(frozen=True, slots=True, eq=False)
class PublicEdition:
    """What the public may see of a snapshot at a moment."""

    now: datetime
    clock: Clock
    site: str
    url: str
    contact: str
    overview: Overview
    names: Mapping[str, str]
    """Address → name of every public service."""
    groups: Mapping[str, tuple[str, int]]
    """Address → heading and place in it of every public service."""
    paths: Mapping[str, str]
    """Address → path of the page of every public service, incident and maintenance."""
    messages: Mapping[str, Markup]
    """Address → what the record says to the public."""
    updates: Mapping[str, Sequence[Update]]
    """Address → what was said to the public, newest first."""
    promised: Mapping[str, datetime]
    """Address → when the next update of an open major incident is due."""


def public_edition(snapshot: Snapshot, now: datetime) -> PublicEdition:
    """Return the public edition; `now` is aware."""
    view = overview(snapshot, now, "public")
    unknown = [standing.service for standing in view.standings.values() if not standing.service.valid]
    services = [*(record for record in snapshot.of("service") if sees("public", record)), *unknown]
    spoken = [item.record for item in view.episodes.values()] + [work.record for work in view.maintenances.values()]
    teams = {record.address: record.title for record in snapshot.of("team") if sees("public", record)}
    updates = {record.address: _updates(record, teams, now) for record in spoken}
    folders = [(services, COMPONENTS)]
    folders.append(([item.record for item in view.episodes.values()], INCIDENTS))
    folders.append(([work.record for work in view.maintenances.values() if work.phase != "proposed"], MAINTENANCE))
    return PublicEdition(
        now=now,
        clock=clock(snapshot.config.time_zone),
        site=snapshot.config.organisation,
        url=snapshot.config.url,
        contact=snapshot.config.contact,
        overview=view,
        names={record.address: _name(record) for record in services},
        groups={record.address: _group(record) for record in services},
        paths={
            record.address: path
            for records, folder in folders
            for record in records
            if (path := record_path(record, folder))
        },
        messages={record.address: message for record in spoken if (message := _message(record))},
        updates=updates,
        promised={
            item.record.address: due
            for item in view.open_incidents
            if (due := _due(item, updates[item.record.address]))
        },
    )


def _name(service: Record) -> str:
    name = service.get("public.name")
    return name if isinstance(name, str) and name else service.title


def _group(service: Record) -> tuple[str, int]:
    group, order = service.get("public.group"), service.get("public.order")
    return (group if isinstance(group, str) else "", order if isinstance(order, int) else 1000)


def _message(record: Record) -> Markup:
    text = record.get("public.message" if record.kind.name == "incident" else "outage.message")
    return markdown(text) if isinstance(text, str) else Markup()


def _updates(record: Record, teams: Mapping[str, str], now: datetime) -> Sequence[Update]:
    found = []
    for entry in record.timeline:
        at, text = _time(entry.get("at")), entry.get("text")
        if _is_public(entry) and at is not None and at <= now and isinstance(text, str):
            status = entry.get("status")
            by = entry.get("by")
            found.append(
                Update(
                    at,
                    spaced(status).capitalize() if isinstance(status, str) and entry["type"] == "communication" else "",
                    markdown(text),
                    teams.get(by, "") if isinstance(by, str) else "",
                )
            )
    return sorted(found, key=lambda update: update.at, reverse=True)


def _is_public(entry: Mapping[str, Any]) -> bool:
    if entry.get("type") == "communication":
        return entry.get("audience") == "public"
    return entry.get("type") == "note" and entry.get("visibility") == "public"


def _due(item: Episode, updates: Sequence[Update]) -> datetime | None:
    """Return when the next update is due: counted from the last one; from the start where none was sent yet."""
    every = item.record.get("major.update_every")
    length = parse_duration(every) if isinstance(every, str) else None
    last = updates[0].at if updates else item.start
    return last + length if length is not None and last is not None else None


def _time(value: object) -> datetime | None:
    return parse_time(value) if isinstance(value, str) else None
