"""Escalations: plans what `itsm escalate` writes."""

from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.targets import target
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

_FIRST = 2
"""Whoever works on it first is level 1."""


def plan_escalate(snapshot: Snapshot, record: Record, level: int | None, named: str, stamp: Stamp) -> Plan:
    """Return the plan that writes down whom a record was taken to, one level above the last one where none is said.

    Who works on it stays as it is. Raises ItsmError where there is no such team or person.
    """
    if record.is_final:
        raise ItsmError(f"{record.address} is {record.state}; there is nothing left to escalate")
    address = target(snapshot, named, ("team", "person"))
    levels = [each.get("level") for each in record.timeline if each.get("type") == "escalated"]
    reached = max((each for each in levels if isinstance(each, int)), default=_FIRST - 1)
    level = reached + 1 if level is None else level
    edits = edit_record(snapshot, record, (), (entry(stamp, "escalated", level=level, to=address),), stamp)
    told = f"escalated to {address}, level {level}"
    said = [f"{record.address}: {told}"]
    if "assignment" in record.kind.schema.get("properties", {}):
        said.append(f"it stays assigned as it was; itsm assign {record.address} {address} hands it over")
    return Plan(edits, tuple(said), f"{record.id}: {told}", (record.address,))
