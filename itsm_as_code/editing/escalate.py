"""Escalations: plans what `itsm escalate` writes."""

import re

from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.plan import Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.naming import target
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.shape import properties

_FIRST = 2
"""Whoever works on it first is level 1."""


def plan_escalate(snapshot: Snapshot, record: Record, text: str, named: str, stamp: Stamp) -> Plan:
    """Return the plan that writes down whom a record was taken to, one level above the last one where none is said.

    `text` is the level as typed, empty for none. Who works on it stays as it is. Raises ItsmError where there is no
    such team or person, where the level is no number, and for records that nobody works on.
    """
    if "assignment" not in properties(record.kind.schema, record.kind.schema):
        raise ItsmError(f"{record.kind.plural} are not escalated", f"name what is worked on; {record.address} is not")
    if record.is_final:
        raise ItsmError(f"{record.address} is {record.state}; there is nothing left to escalate")
    address = target(snapshot, named, ("team", "person"))
    levels = [each.get("level") for each in record.timeline if each.get("type") == "escalated"]
    reached = max((each for each in levels if isinstance(each, int)), default=_FIRST - 1)
    level = _level(text) if text else reached + 1
    edits = edit_record(snapshot, record, (), (entry(stamp, "escalated", level=level, to=address),), stamp)
    told = f"escalated to {address}, level {level}"
    said = (
        f"{record.address}: {told}",
        f"it stays assigned as it was; itsm assign {record.address} {address} hands it over",
    )
    return Plan(edits, said, f"{record.id}: {told}", (record.address,))


def _level(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,2}", text):
        raise ItsmError(f"{shortened(text)} is no level", "write a number from 1 on; --to says to whom")
    return int(text)
