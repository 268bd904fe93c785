"""Outages: plans the incident that `itsm outage` opens, from little more than a title, a service and a level."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.editing.choices import choose
from itsm_as_code.editing.communicate import Message, communication
from itsm_as_code.editing.entry import Stamp, dated, entry
from itsm_as_code.editing.levels import levels_at, read_level, read_services
from itsm_as_code.editing.plan import FileEdit, Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.late import is_late
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import path_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.status.course import ENDED
from itsm_as_code.writing.ids import new_id
from itsm_as_code.writing.record import render_record

_HIT: Mapping[str, Mapping[int, tuple[str, str]]] = {
    "major-outage": {1: ("high", "high"), 2: ("high", "medium"), 3: ("medium", "medium"), 4: ("low", "medium")},
    "partial-outage": {1: ("medium", "high"), 2: ("medium", "medium"), 3: ("low", "medium"), 4: ("low", "low")},
    "degraded": {1: ("medium", "medium"), 2: ("low", "medium"), 3: ("low", "low"), 4: ("low", "low")},
    "none": {1: ("low", "medium"), 2: ("low", "low"), 3: ("low", "low"), 4: ("low", "low")},
}
"""level → tier → impact and urgency: how much is hit, and how soon it hurts."""
_LEVELS = ("high", "medium", "low")
_USUAL_TIER = 2


@dataclass(frozen=True, slots=True)
class Outage:
    """What a person says of an outage, as typed; empty for what shall follow from the rest.

    `public` is None where the services decide; `taken` are ids that other branches have.
    """

    title: str
    services: Sequence[str]
    level: str
    message: str = ""
    impact: str = ""
    urgency: str = ""
    public: bool | None = None
    taken: frozenset[str] = field(default_factory=frozenset)


def plan_outage(snapshot: Snapshot, outage: Outage, stamp: Stamp) -> Plan:
    """Return the plan that opens an incident for an outage of services.

    Impact and urgency follow from the level and the most important service's tier, the team from who supports it; the
    public site shows it where it shows one of the services. All entries stand in the new record's own file.
    Raises ItsmError for an empty title, no service, and for words that are none.
    """
    kind = snapshot.kinds["incident"]
    title = " ".join(outage.title.split())
    if not title:
        raise ItsmError("the title is empty", 'say what users notice: itsm outage "Checkout is down" --service shop')
    addresses = read_services(snapshot, outage.services)
    if not addresses:
        raise ItsmError("no service is named", "say which: --service NAME; itsm list service lists them")
    services = [snapshot.records[address] for address in addresses]
    level = read_level(outage.level)
    first = min(services, key=_tier)
    impact, urgency = _HIT[level].get(_tier(first), _HIT[level][_USUAL_TIER])
    seen = [service for service in services if service.visibility == "public"]
    public = bool(seen) if outage.public is None else outage.public
    team = first.fields.get("support_team")
    fields: dict[str, Any] = {
        "title": title,
        "impact": choose(outage.impact, _LEVELS, "impact") if outage.impact else impact,
        "urgency": choose(outage.urgency, _LEVELS, "urgency") if outage.urgency else urgency,
        "visibility": "public" if public else "internal",
        "services": addresses,
        **({"assignment": {"team": team}} if isinstance(team, str) and team.startswith("team:") else {}),
    }
    if public:
        # What people are told is an entry, with its time; as `public.message` too, the page would say it twice.
        fields["public"] = {"level": level}
    id_ = new_id(kind, {record.id for record in _incidents(snapshot)} | outage.taken, stamp.at, stamp.random)
    path = path_of(kind, id_)
    fields["timeline"] = list(_entries(fields, outage, level, stamp))
    text = render_record(fields, kind)
    priority = snapshot.config.priority[fields["impact"]][fields["urgency"]]
    names = alternatives([address.partition(":")[2] for address in addresses], last="and")
    shown = "public" if public else "internal"
    said = [f"{id_}: {title}", f"{level} of {names}, priority {priority}, {shown}{_assigned(fields)}"]
    said += [*_others(snapshot, addresses, stamp), *_next(id_, addresses[0].partition(":")[2])]
    return Plan((FileEdit(path, None, text.encode()),), tuple(said), f"{id_}: {title}", (id_,), said[1])


def _tier(service: Record) -> int:
    tier = service.fields.get("tier")
    return tier if isinstance(tier, int) else _USUAL_TIER


def _incidents(snapshot: Snapshot) -> Iterator[Record]:
    return (record for record in snapshot.all_records if record.kind.name == "incident")


def _entries(fields: Mapping[str, Any], outage: Outage, level: str, stamp: Stamp) -> Iterator[Mapping[str, Any]]:
    """Yield the first entries: opened, how the services look, and what people were told."""
    late = is_late(stamp.at, stamp.now)
    yield dated(entry(stamp, "created"), stamp, late=late)
    yield dated(entry(stamp, "impact", services=list(fields["services"]), level=level), stamp, late=late)
    if outage.message:
        told = communication(Message(outage.message, "investigating"), stamp, fields["visibility"], "the incident")
        yield dated(told, stamp, late=late)


def _assigned(fields: Mapping[str, Any]) -> str:
    return f", assigned to {fields['assignment']['team']}" if "assignment" in fields else ""


def _others(snapshot: Snapshot, addresses: Sequence[str], stamp: Stamp) -> Iterator[str]:
    """Yield a line for each open incident that holds one of the services at a level already: it may be the same."""
    for incident in snapshot.of("incident"):
        if incident.state in ENDED or not any(each in addresses for each in levels_at(snapshot, incident, stamp.at)):
            continue
        yield f"note: {incident.address} is open for it, too: {incident.title}"


def _next(id_: str, service: str) -> Iterator[str]:
    """Yield what is to be done next, as it is typed."""
    yield f'next: itsm communicate {id_} "We found the cause." --status identified'
    yield f"      itsm impact-level {id_} {service} degraded"
    yield f"      itsm resolve {id_} --code fixed --notes TEXT"
    yield f"others see it when it is pushed: itsm propose {id_}; git push, if it is committed"
