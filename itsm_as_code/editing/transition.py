"""Transitions: plans what moves a record to another state, after a look at what its lifecycle and the state ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.editing.draft import Draft
from itsm_as_code.editing.entry import Stamp, edit_record, entry
from itsm_as_code.editing.plan import Plan, nothing
from itsm_as_code.editing.set_fields import set_fields
from itsm_as_code.editing.setting import parse_setting
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time, time_text
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.synonyms import value_hint
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.writing.placeholders import flag_value
from itsm_as_code.writing.shape import Schema, allowed_values, properties, resolved


@dataclass(frozen=True, slots=True)
class Move:
    """To which state a record shall go, why, and the fields (`FIELD=VALUE`) that are set on the way.

    `flags` say by which words a command gives a field, where that is not `--set FIELD=…`. `beside` are timeline entries
    that are written with it.
    """

    to: str
    reason: str = ""
    settings: Sequence[str] = ()
    flags: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[Mapping[str, Any]] = ()


def plan_transition(snapshot: Snapshot, record: Record, move: Move, stamp: Stamp) -> Plan:
    """Return the plan that moves a record to another state.

    Raises ItsmError where the lifecycle knows no such state or no way to it, with those that there are; and where the
    state needs a field that the record lacks, with the words on the command line that give it.
    """
    draft = Draft(record.own_fields)
    refuse_impossible(record, move.to)
    if record.state == move.to:
        if set_fields(snapshot, record, draft, move.settings, stamp):
            message = f"{record.address} is {move.to} already"
            raise ItsmError(message, f"set its fields: itsm set {record.address} FIELD=VALUE")
        return nothing(f"{record.address} is {move.to} already")
    done = set_fields(snapshot, record, draft, move.settings, stamp)
    flags = {name: _flag(record.kind, name, move.flags, snapshot) for name in record.kind.states[move.to].needs}
    _refuse_missing(record, draft, move.to, flags)
    _refuse_too_early(record, stamp)
    done = [*done, *_outlived(record, draft, move)]
    draft.put(("state",), move.to)
    entries = [entry(stamp, "transition", to=move.to, reason=move.reason or None)] if tells(record, move) else []
    edits = edit_record(snapshot, record, draft.splices(), [*entries, *move.beside], stamp)
    what = f"{record.state} → {move.to}"
    told = "; ".join([what, *done])
    body = "\n".join([*([move.reason] if move.reason else []), *done])
    return Plan(edits, (f"{record.address}: {told}",), f"{record.id}: {what}", (record.address,), body, flags=flags)


def tells(record: Record, move: Move) -> bool:
    """Return whether the move becomes an entry: always where changes of state are logged, else for who tells more."""
    return record.kind.logged or bool(record.timeline) or bool(move.reason)


def refuse_impossible(record: Record, state: str) -> None:
    """Raise ItsmError where a record cannot go to a state from where it is; being there already is no error."""
    _refuse_unknown_state(record, state)
    if record.state != state:
        _refuse_no_way(record, state)


def _refuse_unknown_state(record: Record, state: str) -> None:
    """Raise ItsmError, with the nearest one, where the record's kind knows no such state."""
    states = record.kind.states
    if not states:
        raise ItsmError(f"{record.kind.plural} have no states")
    if state not in states:
        hint = value_hint(state, list(states)) or f"; there are {', '.join(states)}"
        raise ItsmError(f"{record.kind.plural} have no state {shortened(state)}{hint}")


def _refuse_no_way(record: Record, state: str) -> None:
    """Raise ItsmError, with the states that are possible, where the lifecycle has no step from the record's state."""
    states = record.kind.states
    present = states.get(record.state)
    if present is None:
        message = f"{record.address} is in state {shortened(record.state)}, which its lifecycle does not know"
        raise ItsmError(message, f"itsm lint {record.file} says what may be meant")
    if state in present.to:
        return
    if not present.to:
        raise ItsmError(f"{record.address} is {record.state}, and no state comes after that")
    ways = f"from {record.state} it goes to {alternatives(present.to)}"
    between = _between(record.kind, record.state, state)
    by_way = f"; go by way of {', '.join(between)}" if between else ""
    raise ItsmError(f"{record.address} cannot go from {record.state} to {state}", ways + by_way)


def _between(kind: Kind, start: str, end: str) -> Sequence[str]:
    """Return the states on the shortest way from one state to another; empty where there is no way."""
    before = {start: ""}
    waiting = [start]
    for state in waiting:
        for after in kind.states[state].to:
            if after not in before:
                before[after] = state
                waiting.append(after)
    way: list[str] = []
    state = before.get(end, "")
    while state and state != start:
        way.insert(0, state)
        state = before[state]
    return way


def _refuse_missing(record: Record, draft: Draft, state: str, flags: Mapping[str, str]) -> None:
    """Refuse a state that needs fields which the record lacks."""
    missing = [name for name in flags if draft.at(tuple(name.split("."))) in (None, "", [], {})]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        message = f"{record.address} cannot become {state}: {alternatives(missing, last='and')} {verb} missing"
        raise ItsmError(message, f"give {' and '.join(dict.fromkeys(flags[name] for name in missing))}")


def _refuse_too_early(record: Record, stamp: Stamp) -> None:
    """Refuse a move that is said to have happened before the record came to where it is."""
    for each in reversed(record.timeline):
        came = parse_time(str(each.get("at")))
        if each.get("type") not in ("created", "transition") or came is None:
            continue
        if came > stamp.at:
            what = "was opened" if each["type"] == "created" else f"became {each.get('to')}"
            message = f"{time_text(stamp.at)} is too early: {record.address} {what} at {each['at']}"
            raise ItsmError(message, "say a later time with --at")
        return


def _outlived(record: Record, draft: Draft, move: Move) -> Iterator[str]:
    """Drop the words that only the state asked for which is left, such as why it was on hold, and tell of each."""
    states, kind = record.kind.states, record.kind
    given = {parse_setting(setting).field for setting in move.settings}
    for name in states[record.state].needs:
        asked = [state for state in states.values() if name in state.needs]
        schema = properties(kind.schema, kind.schema).get(name, {})
        if len(asked) == 1 and allowed_values(schema, kind.schema) and name not in given and draft.at((name,)):
            draft.drop((name,))
            yield f"{name} dropped"


def _flag(kind: Kind, name: str, flags: Mapping[str, str], snapshot: Snapshot) -> str:
    """Return the words that give a field: those of the command, else the setting."""
    if name in flags:
        return flags[name]
    schema: Schema = kind.schema
    for step in name.split("."):
        schema = resolved(properties(schema, kind.schema).get(step, {}), kind.schema)
    return f"--set {name}={flag_value(schema, kind.schema, snapshot.kinds)}"
