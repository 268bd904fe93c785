"""Assignments: plans what `itsm assign` writes."""

from collections.abc import Mapping

from itsm_as_code.editing.draft import Draft
from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.naming import target
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.writing.shape import properties

FIELD = "assignment"


def plan_assign(snapshot: Snapshot, record: Record, named: str, stamp: Stamp) -> Plan:
    """Return the plan that gives a record to the team or person that a text names.

    A person brings the team: the present one stays where the person is a member of it, or of none; else it is the one
    team of the person. Raises ItsmError where there is no such team or person, where the person's team is not clear,
    and for a kind whose records are not assigned.
    """
    known = properties(record.kind.schema, record.kind.schema)
    if FIELD not in known:
        hint = f"name who owns it: itsm set {record.address} owner={named}" if "owner" in known else ""
        raise ItsmError(f"{record.kind.plural} are not assigned to anybody", hint)
    address = target(snapshot, named, ("team", "person"))
    present = record.fields.get(FIELD)
    held = present if isinstance(present, dict) else {}
    wanted = {"team": address} if address.startswith("team:") else _of_person(snapshot, record, address, held)
    if held == wanted:
        return nothing(f"{record.address} is assigned to {address} already")
    draft = Draft(record.own_fields)
    for name in ("team", "person"):
        if name in wanted:
            draft.put((FIELD, name), wanted[name])
        else:
            draft.drop((FIELD, name))
    edits = edit_record(snapshot, record, draft.splices(), (entry(stamp, "assigned", to=address),), stamp)
    team = f" of {wanted['team']}" if "person" in wanted and "team" in wanted else ""
    told = f"assigned to {address}"
    return Plan(edits, (f"{record.address}: {told}{team}",), f"{record.id}: {told}", (record.address,))


def _of_person(snapshot: Snapshot, record: Record, person: str, held: Mapping[str, object]) -> Mapping[str, str]:
    """Return the assignment of a person, with the team."""
    teams = [link.source for link in snapshot.graph.incoming.get(person, ()) if link.field.path[0] == "members"]
    teams = sorted({each for each in teams if each.startswith("team:")})
    present = held.get("team")
    if isinstance(present, str) and (present in teams or not teams):
        return {"team": present, "person": person}
    if len(teams) > 1:
        message = f"{person} is in {alternatives(teams, last='and')}"
        raise ItsmError(message, f"say for which: first itsm assign {record.address} {teams[0]}, then {person}")
    return {**({"team": teams[0]} if teams else {}), "person": person}
