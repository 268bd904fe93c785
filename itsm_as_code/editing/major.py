"""Major incidents: plans what `itsm major` writes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itsm_as_code.editing.communicate import Message, plan_communication
from itsm_as_code.editing.draft import Draft
from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.levels import refuse_no_incident
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.editing.transition import Move, plan_transition
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_duration, time_text
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.naming import target
from itsm_as_code.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Roles:
    """Who leads a major incident, who tells people, and how often; as typed, empty for what stays as it is."""

    manager: str = ""
    comms_lead: str = ""
    update_every: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a review found: a summary, and what contributed, one item each; empty where none was held."""

    summary: str = ""
    factors: Sequence[str] = ()


def plan_declare(snapshot: Snapshot, record: Record, roles: Roles, stamp: Stamp) -> Plan:
    """Return the plan that declares an incident a major one, or changes who does what in it.

    Whoever declares it leads it, where nobody is named. Raises ItsmError where it is over, where the manager is not
    known, and for an interval that is none.
    """
    refuse_no_incident(record)
    if record.is_final or record.state == "resolved":
        raise ItsmError(f"{record.address} is {record.state}; it is too late to declare it", "work on it is over")
    draft = Draft(record.own_fields)
    is_new = record.get("major.state") != "declared"
    draft.put(("major", "state"), "declared")
    manager = target(snapshot, roles.manager, ("person",)) if roles.manager else _present_leader(record, stamp)
    draft.put(("major", "manager"), manager)
    if roles.comms_lead:
        draft.put(("major", "comms_lead"), target(snapshot, roles.comms_lead, ("person",)))
    if roles.update_every:
        draft.put(("major", "update_every"), _duration(roles.update_every))
    told = _told(draft, record, is_new=is_new)
    if not told:
        return nothing(f"{record.address} is a major incident already, and {manager} leads it")
    text = f"{'Major incident: ' if is_new else ''}{', '.join(told)}."
    note = entry(stamp, "note", text=text[0].upper() + text[1:])
    edits = edit_record(snapshot, record, draft.splices(), (note,), stamp)
    what = "declared a major incident" if is_new else "major incident"
    said = [f"{record.address}: {what}: {', '.join(told)}"]
    if is_new:
        said.append(f"tell people how it stands: itsm major update {record.address} TEXT")
    return Plan(edits, tuple(said), f"{record.id}: {what}", (record.address,), ", ".join(told))


def _present_leader(record: Record, stamp: Stamp) -> str:
    present = record.get("major.manager")
    if isinstance(present, str) and present:
        return present
    if not stamp.by.startswith("person:"):
        raise ItsmError("nobody leads it yet", "say who: --manager PERSON")
    return stamp.by


def _told(draft: Draft, record: Record, *, is_new: bool) -> list[str]:
    """Return in words what is different now; all of it for one that is declared now."""
    words = {"manager": "{} leads", "comms_lead": "{} tells people", "update_every": "an update every {}"}
    found = []
    for name, form in words.items():
        value = draft.at(("major", name))
        if value is not None and (is_new or value != record.get(f"major.{name}")):
            found.append(form.format(value))
    return found


def _duration(text: str) -> str:
    """Return an interval as records write it: ``30m`` and ``1h`` are PT30M and PT1H."""
    plain = text.strip().upper()
    written = plain if plain.startswith("P") else f"PT{plain.removesuffix('IN')}"
    length = parse_duration(written)
    if not length:
        raise ItsmError(f"--update-every {shortened(text)} is no length of time", "write 30m, 1h or PT1H30M")
    return written


def plan_update(snapshot: Snapshot, record: Record, message: Message, stamp: Stamp) -> Plan:
    """Return the plan that writes down an update of a major incident; raise ItsmError where it was not declared one."""
    _refuse_not_major(record)
    return plan_communication(snapshot, record, message, stamp)


def plan_close(snapshot: Snapshot, record: Record, review: Review, stamp: Stamp) -> Plan:
    """Return the plan that closes a major incident, with the review that it needs.

    Raises ItsmError where it was not declared, is not resolved yet, or was not reviewed.
    """
    _refuse_not_major(record)
    if record.state == "closed":
        return nothing(f"{record.address} is closed already")
    if record.state != "resolved":
        message = f"{record.address} is {record.state}, and only what is resolved is closed"
        raise ItsmError(message, f"itsm resolve {record.address} --code CODE --notes TEXT")
    if not review.summary.strip() and not record.fields.get("review"):
        message = f"{record.address} was not reviewed, and a major incident is not closed without a review"
        raise ItsmError(
            message, "give --review TEXT: what happened and what was learned, and --factor for what led to it"
        )
    plan = plan_transition(snapshot, record, Move("closed", settings=_reviewed(record, review, stamp)), stamp)
    links = snapshot.graph.incoming.get(record.address, ())
    if any(link.field.name == "incidents" and snapshot.records[link.source].kind.name == "problem" for link in links):
        return plan
    return replace(
        plan, said=(*plan.said, f"no problem asks why it happened: itsm new problem --from {record.address}")
    )


def _reviewed(record: Record, review: Review, stamp: Stamp) -> list[str]:
    """Return the settings that write the review down."""
    if not review.summary.strip():
        return []
    if record.fields.get("review"):
        message = f"{record.address} has a review already"
        raise ItsmError(message, f"leave --review out, or edit it: itsm set {record.address} review.summary=TEXT")
    factors = [f"review.contributing_factors+={factor.strip()}" for factor in review.factors if factor.strip()]
    return [f"review.held_at={time_text(stamp.at)}", f"review.summary={review.summary.strip()}", *factors]


def _refuse_not_major(record: Record) -> None:
    refuse_no_incident(record)
    if record.get("major.state") != "declared":
        raise ItsmError(f"{record.address} is no major incident", f"declare it: itsm major declare {record.address}")
