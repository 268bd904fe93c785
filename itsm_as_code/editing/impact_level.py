"""Impact levels: plans what `itsm impact-level` writes."""

from collections.abc import Sequence

from itsm_as_code.editing.draft import Draft
from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.levels import levels_at, read_level, read_services, refuse_no_incident
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.status.course import ENDED


def plan_impact_level(snapshot: Snapshot, record: Record, named: Sequence[str], text: str, stamp: Stamp) -> Plan:
    """Return the plan that says how services look from now on; those of the incident where none is named.

    A service that the incident does not name yet is added to its `services`. What `public.level` says stays: it is
    the level of the beginning. Raises ItsmError where the incident is over, and where no service is known.
    """
    refuse_no_incident(record)
    if record.state in ENDED:
        hint = f"open it again: itsm transition {record.address} in-progress" if record.state == "resolved" else ""
        raise ItsmError(f"{record.address} is {record.state}, and disturbs nobody any more", hint)
    level = read_level(text)
    held = _services(snapshot, record)
    services = read_services(snapshot, named) or held
    if not services:
        raise ItsmError(f"{record.address} names no service", f"itsm impact-level {record.address} SERVICE {level}")
    present = levels_at(snapshot, record, stamp.at)
    moved = [service for service in services if present.get(service, "none") != level]
    if not moved:
        return nothing(f"{alternatives(services, last='and')}: {level} already")
    draft = Draft(record.own_fields)
    added = [service for service in moved if service not in held]
    for service in added:
        draft.add(("services",), service)
    written = entry(stamp, "impact", services=moved, level=level)
    edits = edit_record(snapshot, record, draft.splices(), (written,), stamp)
    told = [f"{record.address}: {service}: {present.get(service, 'none')} → {level}" for service in moved]
    told += [f"{service} added to services" for service in added]
    names = ", ".join(service.partition(":")[2] for service in moved)
    return Plan(edits, tuple(told), f"{record.id}: {names} {level}", (record.address,), "\n".join(told[:-1]))


def _services(snapshot: Snapshot, record: Record) -> list[str]:
    """Return the addresses of the services that an incident names in its own fields."""
    links = snapshot.graph.outgoing.get(record.address, ())
    return list(dict.fromkeys(each.target for each in links if each.path[0] == "services" and each.target is not None))
