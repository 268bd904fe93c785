"""The changes of state that a record's timeline tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time


@dataclass(frozen=True, slots=True)
class Transition:
    """One `transition` entry of a timeline.

    `position` counts the timeline's entries from 0. `before` is the state to which the entries before it lead,
    empty where they do not say; `start` the state it says it starts from (`before`, where it says none).
    """

    position: int
    before: str
    start: str
    to: str


def transitions(record: Record) -> Sequence[Transition]:
    """Return the record's transitions in file order.

    Where every change of state is logged, the first one starts from the initial state; elsewhere the timeline
    may begin in the middle of a record's life.
    """
    found: list[Transition] = []
    before = record.kind.initial if record.kind.logged else ""
    for position, entry in enumerate(record.timeline):
        if entry.get("type") != "transition":
            continue
        to = str(entry.get("to", ""))
        found.append(Transition(position, before, str(entry.get("from") or before), to))
        before = to
    return found


def reached(record: Record) -> str:
    """Return the state to which the record's transitions lead; the initial one where there are none."""
    told = transitions(record)
    return told[-1].to if told else record.kind.initial


def found_afterwards(change: Record) -> bool:
    """Return whether a change was found when it had happened already: it went from new to review at once."""
    first = next(iter(transitions(change)), None)
    return first is not None and first.to == "review"


def state_at(record: Record, now: datetime) -> str:
    """Return the record's state at `now` (aware): the written one, without the transitions that were still to come."""
    for transition in transitions(record):
        at = record.timeline[transition.position].get("at")
        moment = parse_time(at) if isinstance(at, str) else None
        if moment is not None and moment > now:
            return transition.start or record.state
    return record.state
