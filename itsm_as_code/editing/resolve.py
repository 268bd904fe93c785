"""Resolutions: plans what `itsm resolve` writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from itsm_as_code.editing.communicate import AUDIENCES, Message, communication
from itsm_as_code.editing.entry import Stamp, entry
from itsm_as_code.editing.levels import levels_at
from itsm_as_code.editing.plan import Plan
from itsm_as_code.editing.transition import Move, plan_transition
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

_FLAGS = {"resolution.code": "--code CODE", "resolution.notes": "--notes TEXT"}


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: a code of the kind's, what was done, what people are told, and other fields (`FIELD=VALUE`)."""

    code: str = ""
    notes: str = ""
    message: str = ""
    settings: Sequence[str] = ()


def plan_resolve(snapshot: Snapshot, record: Record, ending: Ending, stamp: Stamp) -> Plan:
    """Return the plan that moves an incident or a problem to `resolved`, with how it ended.

    The services that an incident still holds at a level work again from then on, and people are told where there is a
    message. Raises ItsmError as a transition does.
    """
    if "resolved" not in record.kind.states:
        raise ItsmError(f"{record.kind.plural} are not resolved", f"itsm transition {record.address} STATE moves it")
    given = [("resolution.code", ending.code), ("resolution.notes", ending.notes.strip())]
    settings = [f"{name}={text}" for name, text in given if text] + list(ending.settings)
    held = levels_at(snapshot, record, stamp.at) if record.kind.name == "incident" else {}
    told = ""
    beside: list[Mapping[str, Any]] = [entry(stamp, "impact", services=list(held), level="none")] if held else []
    if ending.message:
        beside.append(communication(Message(ending.message, "resolved"), stamp, record.visibility, record.address))
        told = f"told {AUDIENCES[beside[-1]['audience']]}"
    plan = plan_transition(snapshot, record, Move("resolved", "", settings, _FLAGS, beside), stamp)
    if not plan.edits:
        return plan
    more = [f"{service} works again, after {level}" for service, level in held.items()]
    if told:
        more.append(told)
    elif record.visibility == "public":
        more.append(f'nobody was told: itsm communicate {record.address} "It works again." --status resolved')
    return replace(plan, said=(*plan.said, *more))
