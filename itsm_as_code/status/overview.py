"""The overview: the status of every service at a moment, as one audience may know it, with its reasons."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience, sees
from itsm_as_code.status.intervals import Episode, episode
from itsm_as_code.status.levels import Level, rank, worst
from itsm_as_code.status.maintenance import Maintenance, maintenance

_IN_USE = frozenset({"live", "retiring"})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a service is not operational: the record that says so, the level, and since when."""

    cause: str
    """Address of the incident or change; empty where the service's own record cannot be read."""
    level: Level
    since: datetime | None


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """One service's status; `reasons` are gravest first, none where it is operational."""

    service: Record
    level: Level
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """What an audience may know of the services at a moment."""

    standings: Mapping[str, Standing]
    """By address, sorted by id: the services in use."""
    episodes: Mapping[str, Episode]
    """By address: every incident that counts."""
    open_incidents: Sequence[Episode]
    """Gravest first, then oldest first."""
    maintenances: Mapping[str, Maintenance]
    """By address: every change with an expected outage that counts."""
    unread: int
    """How many incidents and changes could not be read and so do not count; 0 for the public."""


def overview(snapshot: Snapshot, now: datetime, audience: Audience, withheld: Container[str] = frozenset()) -> Overview:
    """Return the overview at `now` (aware) for an audience; only what it may see counts.

    A service is operational unless a counting incident declares a level for it or a maintenance is active. One whose
    record is not valid is unknown, unless its address is `withheld`: then it is not there.
    """
    services = [record for record in _seen(snapshot, "service", audience) if record.state in _IN_USE]
    seen = {record.address for record in _seen(snapshot, "service", audience)}
    episodes = {
        record.address: episode(record, _targets(snapshot, record, seen))
        for record in _seen(snapshot, "incident", audience)
    }
    works = (
        maintenance(record, _targets(snapshot, record, seen), now) for record in _seen(snapshot, "change", audience)
    )
    maintenances = {work.record.address: work for work in works if work is not None}
    reasons = _reasons(episodes, maintenances, now)
    standings = {record.address: _standing(record, reasons.get(record.address, ())) for record in services}
    unread = [record for record in snapshot.records.values() if not record.valid] if audience != "public" else []
    for record in unread:
        if record.kind.name == "service" and record.address not in withheld:
            standings[record.address] = Standing(record, "unknown", (Reason("", "unknown", None),))
    going_on = [item for item in episodes.values() if item.is_open(now)]
    return Overview(
        standings=dict(sorted(standings.items())),
        episodes=episodes,
        open_incidents=sorted(going_on, key=lambda item: (-rank(item.level(now)), _age(item), item.record.id)),
        maintenances=maintenances,
        unread=sum(1 for record in unread if record.kind.name in {"incident", "change"}),
    )


def _seen(snapshot: Snapshot, kind: str, audience: Audience) -> Sequence[Record]:
    return [record for record in snapshot.of(kind) if sees(audience, record)] if kind in snapshot.kinds else []


def _targets(snapshot: Snapshot, record: Record, services: set[str]) -> Mapping[str, str]:
    links = snapshot.graph.outgoing.get(record.address, ())
    return {link.text: link.target for link in links if link.target is not None and link.target in services}


def _age(item: Episode) -> float:
    return item.start.timestamp() if item.start is not None else 0.0


def _reasons(
    episodes: Mapping[str, Episode], maintenances: Mapping[str, Maintenance], now: datetime
) -> Mapping[str, Sequence[Reason]]:
    found: dict[str, list[Reason]] = {}
    for address, item in episodes.items():
        for interval in item.intervals:
            if interval.holds(now):
                found.setdefault(interval.service, []).append(Reason(address, interval.level, interval.start))
    for address, work in maintenances.items():
        if work.phase == "active":
            for service in work.services:
                found.setdefault(service, []).append(Reason(address, "under-maintenance", work.start))
    return found


def _standing(service: Record, reasons: Sequence[Reason]) -> Standing:
    ordered = sorted(reasons, key=lambda reason: (-rank(reason.level), reason.cause))
    return Standing(service, worst(reason.level for reason in ordered), tuple(ordered))
