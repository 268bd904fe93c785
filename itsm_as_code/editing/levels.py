"""How services look to their users: the words for it on a command line, and what an incident says of it now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from itsm_as_code.editing.choices import choose
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.naming import target
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.intervals import episode

LEVELS = ("none", "degraded", "partial-outage", "major-outage")
_SHORT: Mapping[str, str] = {
    "down": "major-outage",
    "outage": "major-outage",
    "slow": "degraded",
    "degradation": "degraded",
    "up": "none",
    "ok": "none",
    "works": "none",
    "operational": "none",
}


def read_level(text: str) -> str:
    """Return the level that a text means: ``major`` and ``down`` are `major-outage`, ``slow`` is `degraded`."""
    return choose(text, LEVELS, "level", _SHORT)


def read_services(snapshot: Snapshot, texts: Sequence[str]) -> list[str]:
    """Return the addresses of the services that texts name, each once; a text may name several, with commas."""
    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    return list(dict.fromkeys(target(snapshot, name, ("service",)) for name in names))


def refuse_no_incident(record: Record) -> None:
    """Raise ItsmError for a record that is no incident."""
    if record.kind.name != "incident":
        raise ItsmError(f"{record.address} is no incident", "name an incident; itsm list incident lists them")


def levels_at(snapshot: Snapshot, incident: Record, at: datetime) -> Mapping[str, str]:
    """Return the level at which an incident holds each service at a moment (aware), the levels `none` left out."""
    links = snapshot.graph.outgoing.get(incident.address, ())
    services = {record.address for record in snapshot.of("service")}
    course = episode(incident, {link.text: link.target for link in links if link.target is not None}, services)
    return {held.service: held.level for held in course.intervals if held.holds(at)}
