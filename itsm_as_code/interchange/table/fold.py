"""Folding: what a log says, in any order and with repeats, as a timeline that its kind's lifecycle allows."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.model.kind import Kind


@dataclass(frozen=True, slots=True)
class Step:
    """An entry to be, with its instant and what puts it in order among others of the same instant.

    `soft` ones come from the record's own row (resolved at, closed at): they give way to a log.
    """

    moment: datetime
    entry: Mapping[str, Any]
    row: Row
    sequence: tuple[str, ...] = ()
    soft: bool = False

    @property
    def type(self) -> str:
        """The entry's type."""
        return str(self.entry["type"])

    @property
    def to(self) -> str:
        """Where the entry leads: a state, a team."""
        return str(self.entry.get("to", ""))


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a row of a log: that it became no entry of its own, or what was taken for granted."""

    row: Row
    reason: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A timeline, the state in which it ends, and what had to be done to get there."""

    entries: Sequence[Mapping[str, Any]]
    state: str
    dropped: Sequence[Note]
    guessed: Sequence[Note]


@dataclass(slots=True)
class _Kept:
    step: Step
    entry: Mapping[str, Any]
    before: str = ""
    """The state before a transition."""


@dataclass(slots=True)
class _Folding:
    kind: Kind
    way: Sequence[str]
    state: str
    assigned: str = ""
    kept: list[_Kept] = field(default_factory=list)
    dropped: dict[int, Note] = field(default_factory=dict)
    guessed: list[Note] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Take the next step of the story."""
        if step.type == "transition":
            self.move(step)
        elif step.type == "assigned" and step.to == self.assigned:
            self.drop(step, "is assigned to whom it was assigned already")
        else:
            self.assigned = step.to if step.type == "assigned" else self.assigned
            self.kept.append(_Kept(step, step.entry))

    def move(self, step: Step) -> bool:
        """Take a change of state, through the states between where the lifecycle asks for them; return whether."""
        if step.to == self.state:
            self.drop(step, f"is {step.to} already")
            return True
        path = route(self.kind, self.state, step.to, self.way)
        if path is None:
            if step.soft or not self._undo(step):
                self.drop(step, f"{step.to} cannot follow {self.state}")
                return False
            if step.to == self.state:
                self.drop(step, f"is {step.to} already")
                return True
            path = route(self.kind, self.state, step.to, self.way) or [step.to]
        for state in path:
            entry = step.entry if state == step.to else _between(step, state)
            self.kept.append(_Kept(step, entry, before=self.state))
            self.state = state
        return True

    def _undo(self, step: Step) -> bool:
        """Take back the last changes of state, as few as let the step follow; return whether there are some.

        A ticket that was closed and reopened had only been resolved.
        """
        moves = [kept for kept in self.kept if kept.before]
        for number in range(1, len(moves) + 1):
            before = moves[-number].before
            if before == step.to or route(self.kind, before, step.to, self.way) is not None:
                for kept in moves[-number:]:
                    self.kept.remove(kept)
                    reason = f"{kept.entry['to']} is taken back, since {step.to} follows it"
                    self.dropped[id(kept.step)] = Note(kept.step.row, reason)
                self.state = before
                return True
        return False

    def drop(self, step: Step, reason: str) -> None:
        """Remember that a step became no entry."""
        self.dropped[id(step)] = Note(step.row, reason)

    def notes(self) -> Sequence[Note]:
        """Return what became of no entry at all; a step of which a part is kept is none."""
        kept = {id(one.step) for one in self.kept}
        return [note for key, note in self.dropped.items() if key not in kept]


def fold(kind: Kind, steps: Sequence[Step], wanted: str, way: Sequence[str], actor: str) -> Folded:
    """Return the timeline of a record of the kind out of at least one step, ending in the state `wanted`.

    It begins with one `created` entry at the earliest instant. With no state wanted it ends where the steps end.
    `actor` is the address of who did what no step tells.
    """
    order = list(kind.states)
    ordered = sorted(steps, key=lambda step: (step.moment, step.sequence, _rank(step, order)))
    told = {step.to for step in ordered if step.type == "transition" and not step.soft}
    folding = _Folding(kind, way, kind.initial)
    begun = _created(ordered, folding)
    for step in ordered:
        if step.type != "created" and not (step.soft and step.type == "transition" and step.to in told):
            folding.take(step)
    if wanted and folding.state != wanted:
        _end(ordered, wanted, folding, actor)
    entries = [begun, *(kept.entry for kept in folding.kept)]
    return Folded(entries, folding.state, folding.notes(), folding.guessed)


def _created(ordered: Sequence[Step], folding: _Folding) -> Mapping[str, Any]:
    """Return the first entry; a log knows better than a row who opened the record."""
    created = sorted((step for step in ordered if step.type == "created"), key=lambda step: step.soft)
    for step in created[1:]:
        if not step.soft:
            folding.drop(step, "was opened already")
    first = (created or ordered)[0]
    return {"at": ordered[0].entry["at"], "by": first.entry["by"], "type": "created"}


def _end(ordered: Sequence[Step], wanted: str, folding: _Folding, actor: str) -> None:
    """Bring the timeline to the state that the record says it has."""
    last = ordered[-1]
    step = Step(last.moment, {**_between(last, wanted), "by": actor}, last.row)
    found = folding.state
    if folding.move(step) and folding.state == wanted:
        folding.dropped.pop(id(step), None)
        reason = f"is {wanted}, and nothing says when (it was {found} so far): the last time known taken"
        folding.guessed.append(Note(last.row, reason))
    else:
        folding.dropped.pop(id(step), None)
        folding.guessed.append(Note(last.row, f"is {wanted}, which cannot follow {found}: kept as it is"))


def route(kind: Kind, start: str, end: str, way: Sequence[str] = ()) -> list[str] | None:
    """Return the states from `start` (not with it) to `end`: along `way` where it leads there, else the shortest.

    None where the lifecycle has no way from one to the other.
    """
    if start in way and end in way and way.index(start) < way.index(end):
        usual = list(way[way.index(start) : way.index(end) + 1])
        if all(after in kind.states[before].to for before, after in pairwise(usual)):
            return usual[1:]
    waiting: deque[list[str]] = deque([[start]])
    seen = {start}
    while waiting:
        path = waiting.popleft()
        for state in kind.states[path[-1]].to if path[-1] in kind.states else ():
            if state == end:
                return [*path[1:], state]
            if state not in seen:
                seen.add(state)
                waiting.append([*path, state])
    return None


def _between(step: Step, state: str) -> Mapping[str, Any]:
    return {"at": step.entry["at"], "by": step.entry["by"], "type": "transition", "to": state}


def _rank(step: Step, order: Sequence[str]) -> int:
    if step.type == "created":
        return -1
    return order.index(step.to) if step.type == "transition" and step.to in order else 0
