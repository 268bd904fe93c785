"""The changes of state that a record's timeline tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.record import Record


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
