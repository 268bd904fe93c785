"""The timeline entries that a step adds, and those that it rewrites."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.difference import RecordEdit
from itsm_as_code.snapshot.step import Step


def rewritten(edit: RecordEdit) -> Mapping[int, int]:
    """Return which lost entry became which added one: position in base's timeline → position in head's.

    Two are one entry rewritten where they are of one type and moment, or of one type and differ in a single field.
    """
    if not edit.lost or not edit.added:
        return {}
    base, head = edit.ends
    found: dict[int, int] = {}
    for keys_of in (_moments, _rests):
        taken = set(found.values())
        free: dict[Hashable, list[int]] = defaultdict(list)
        for position in reversed(edit.added):
            for key in keys_of(head.timeline[position]):
                free[key].append(position)
        for lost in edit.lost:
            match = None if lost in found else _first(free, keys_of(base.timeline[lost]), taken)
            if match is not None:
                found[lost] = match
                taken.add(match)
    return found


def added_entries(step: Step) -> Iterator[tuple[Record, Sequence[int]]]:
    """Yield the records of head with the positions of the timeline entries that the step adds.

    Entries that were rewritten are none of them. Records that are not valid are left out: their times and links
    cannot be trusted.
    """
    renumbered = set(step.renumbered.values())
    for edit in step.edits.values():
        if edit.is_added and edit.record.valid and edit.address not in renumbered:
            yield edit.record, edit.added
    for edit in step.continued:
        _, head = edit.ends
        if head.valid and edit.added:
            old = set(rewritten(edit).values())
            yield head, [position for position in edit.added if position not in old]


def _moments(entry: Mapping[str, Any]) -> Iterator[Hashable]:
    """Yield by what an entry is known again whose text was edited."""
    at = str(entry.get("at"))
    yield str(entry.get("type")), parse_time(at) or at


def _rests(entry: Mapping[str, Any]) -> Iterator[Hashable]:
    """Yield by what an entry is known again one of whose fields was edited, added or taken away."""
    said = sorted((field, repr(value)) for field, value in entry.items())
    for field in ("", *entry):
        if field != "type":
            yield repr([pair for pair in said if pair[0] != field])


def _first(free: Mapping[Hashable, list[int]], keys: Iterator[Hashable], taken: AbstractSet[int]) -> int | None:
    """Return the first position that one of the keys leads to and that is not taken."""
    for key in keys:
        positions = free.get(key, [])
        while positions and positions[-1] in taken:
            positions.pop()
        if positions:
            return positions.pop()
    return None
