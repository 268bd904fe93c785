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
from itsm_as_code.status.unread import may_concern, names_itself, out_of_sight, unread

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
    unread: Sequence[Record]
    """Incidents, changes and services that could not be read and so do not count; none for the public."""
    incomplete: bool
    """Whether something that could not be read, or has another's address, may say otherwise than what is here."""


def overview(snapshot: Snapshot, now: datetime, audience: Audience, withheld: Container[str] = frozenset()) -> Overview:
    """Return the overview at `now` (aware) for an audience; only what it may see counts.

    A service is operational unless a counting incident declares a level for it or a maintenance is active. One whose
    record is not valid is unknown, unless its address is `withheld`, or the public may not know its name: then it is
    not there. Incidents of which nothing was known at `now` are left out.
    """
    missing = [record for record in unread(snapshot) if may_concern(audience, record)]
    unknown = {record.address: record for record in missing if _stands_for_itself(snapshot, record, audience, withheld)}
    services = _seen(snapshot, "service", audience)
    known = {record.address for record in services} | set(unknown)
    courses = (episode(record, _targets(snapshot, record), known) for record in _seen(snapshot, "incident", audience))
    episodes = {item.record.address: item for item in courses if item.has_begun(now)}
    works = (
        maintenance(record, _among(_targets(snapshot, record), known), now)
        for record in _seen(snapshot, "change", audience)
    )
    maintenances = {work.record.address: work for work in works if work is not None}
    reasons = _reasons(episodes, maintenances, now)
    standings = {
        record.address: _standing(record, reasons.get(record.address, ()))
        for record in services
        if record.state in _IN_USE
    }
    for address, record in unknown.items():
        standings[address] = _standing(record, (*reasons.get(address, ()), Reason("", "unknown", None)))
    going_on = [item for item in episodes.values() if item.is_open(now)]
    return Overview(
        standings=dict(sorted(standings.items())),
        episodes=episodes,
        open_incidents=sorted(going_on, key=lambda item: (-rank(item.level(now)), _age(item), item.record.id)),
        maintenances=maintenances,
        unread=missing if audience != "public" else (),
        incomplete=bool(missing) or out_of_sight(snapshot),
    )


def _stands_for_itself(snapshot: Snapshot, record: Record, audience: Audience, withheld: Container[str]) -> bool:
    """Return whether a record that cannot be read is shown as a service of unknown status."""
    if record.kind.name != "service" or record.address in withheld or record.valid:
        return False
    if record is not snapshot.records.get(record.address):
        return False
    return audience != "public" or names_itself(snapshot, record)


def _seen(snapshot: Snapshot, kind: str, audience: Audience) -> Sequence[Record]:
    return [record for record in snapshot.of(kind) if sees(audience, record)] if kind in snapshot.kinds else []


def _targets(snapshot: Snapshot, record: Record) -> Mapping[str, str]:
    links = snapshot.graph.outgoing.get(record.address, ())
    return {link.text: link.target for link in links if link.target is not None}


def _among(targets: Mapping[str, str], services: set[str]) -> Mapping[str, str]:
    return {text: target for text, target in targets.items() if target in services}


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
