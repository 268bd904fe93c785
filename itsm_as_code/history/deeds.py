"""Deeds: what each commit did to one record, field by field; of a merge, what no side had done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.history.ancestry import Ancestry
from itsm_as_code.history.track import Track
from itsm_as_code.history.versions import Versions
from itsm_as_code.model.commit import Commit
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.difference import FieldEdit, record_edit

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """What one commit did to a record; None is the commit that is still to be made.

    `base` is the record before, None where it was not there; `head` the record after, None where it is gone.
    `added` and `lost` are timeline entries. `unread` says that the file cannot be read after it.
    """

    commit: Commit | None
    base: Record | None
    head: Record | None
    fields: tuple[FieldEdit, ...] = ()
    added: tuple[Entry, ...] = ()
    lost: tuple[Entry, ...] = ()
    unread: bool = False

    @property
    def record(self) -> Record:
        """The record after it, or before where it is gone."""
        record = self.head or self.base
        assert record is not None  # noqa: S101 - a deed has one end at least
        return record


def deed(commit: Commit | None, base: Record | None, head: Record | None) -> Deed | None:
    """Return what makes one version out of another; None where both say the same."""
    edit = record_edit(base, head)
    if edit is None:
        return None
    lost = tuple(base.timeline[position] for position in edit.lost) if base is not None else ()
    return Deed(commit, base, head, edit.fields, tuple(edit.new_entries), lost)


class Deeds:
    """The deeds of one record's track."""

    def __init__(self, ancestry: Ancestry, track: Track, versions: Versions, commits: Mapping[str, Commit]) -> None:
        """Take the track with its versions, and the commits by id, quiet merges among them."""
        self._ancestry = ancestry
        self._track = track
        self._versions = versions
        self._commits = commits

    def all(self, wanted: Callable[[Commit], bool] = lambda _commit: True) -> Iterator[Deed]:
        """Yield what each commit did that is wanted, oldest first."""
        asked = sorted({*self._track.steps, *self._track.quiet_merges()}, key=self._ancestry.order.__getitem__)
        for commit in reversed(asked):
            # Of a merge that git does not tell, all sides say the same.
            found = self._of(commit) if commit in self._commits and wanted(self._commits[commit]) else None
            if found is not None:
                yield found

    def _of(self, commit: str) -> Deed | None:
        before = self._track.before(commit)
        after = self._track.last(commit)
        if len(before) > 1 and self._is_plain(commit, before, after):
            return None
        told = self._commits[commit]
        made, first = self._versions.after(after), self._versions.after(before[0])
        if not self._versions.is_read(after):
            return Deed(told, first, self._versions.of_files(self._track.files(after)), unread=True)
        if len(before) == 1:
            return deed(told, first, made)
        bases = [None, *(self._base(commit, parent) for parent in self._ancestry.parents[commit][1:])]
        sides = [self._versions.after(step) for step in before]
        return merge_deed(told, sides, [self._versions.after(step) for step in bases], made)

    def _is_plain(self, commit: str, before: Sequence[str | None], after: str | None) -> bool:
        """Return whether the files after a merge of two are what git makes of them without asking anybody."""
        if len(before) != 2:  # noqa: PLR2004 - parents of a usual merge
            return False
        one, other, made = (self._track.files(step) for step in (*before, after))
        if one == other:
            return made == one
        base = self._track.files(self._base(commit, self._ancestry.parents[commit][1]))
        return (made == other and one == base) or (made == one and other == base)

    def _base(self, merge: str, other: str) -> str | None:
        """Return the step that made the record what it was when a merge's first parent and another one parted."""
        base = self._ancestry.merge_base(self._ancestry.parents[merge][0], other)
        return None if base is None else self._track.last(base)


def merge_deed(
    commit: Commit, sides: Sequence[Record | None], bases: Sequence[Record | None], made: Record | None
) -> Deed | None:
    """Return what a merge did that none of its sides had done, and what it took back of what one of them had.

    `sides` are the record as each parent has it, `bases` as it was where that parent and the first one parted (None for
    the first itself). A field is the merge's where it differs from every side, or where it is as one side left it and
    the other had edited it.
    """
    first, base = sides[0], bases[1]
    if made is None or any(side is None for side in sides):
        return _of_presence(commit, sides, base, made)
    pairs = [(side, base if number == 0 else bases[number]) for number, side in enumerate(sides)]
    differing = [{edit.name: edit for edit in _fields(side, made)} for side in sides]
    fields = tuple(_own_fields(differing, [{edit.name for edit in _fields(b, side)} for side, b in pairs]))
    added = [entry for entry in made.timeline if all(side and entry not in side.timeline for side in sides)]
    lost = list(_lost_entries(made, pairs))
    if not fields and not added and not lost:
        return None
    return Deed(commit, first, made, fields, tuple(added), tuple(lost))


def _of_presence(
    commit: Commit, sides: Sequence[Record | None], base: Record | None, made: Record | None
) -> Deed | None:
    """Return the deed of a merge one of whose ends lacks the record."""
    there = [side for side in sides if side is not None]
    if made is None:
        # Whoever deleted it on a side has done so; unless the other side went on with it.
        changed = [side for side in there if base is None or _differ(base, side)]
        left = there if len(there) == len(sides) else changed
        return Deed(commit, left[0], None) if left else None
    if not there:
        return deed(commit, None, made)
    if base is not None:
        # One side had deleted it, and the merge has it all the same.
        return Deed(commit, None, made, added=tuple(made.timeline))
    return deed(commit, there[0], made)


def _own_fields(differing: Sequence[Mapping[str, FieldEdit]], edited: Sequence[set[str]]) -> Iterator[FieldEdit]:
    told: set[str] = set()
    for number, edits in enumerate(differing):
        others = [other for at, other in enumerate(differing) if at != number]
        for name, edit in edits.items():
            # Where a side lacks a whole mapping, the other's finer edit is the one to tell.
            everywhere = all(_meet(name, other) for other in others) and not any(
                inner != name and _within(inner, name) for other in others for inner in other
            )
            if (everywhere or _meet(name, edited[number])) and name not in told:
                told.add(name)
                yield edit


def _lost_entries(made: Record, pairs: Sequence[tuple[Record | None, Record | None]]) -> Iterator[Entry]:
    """Yield the entries of sides that are gone, unless another side had taken out what was there before."""
    told: list[Entry] = []
    for side, base in pairs:
        for entry in side.timeline if side is not None else ():
            was = base is not None and entry in base.timeline
            taken_out = was and any(other is not None and entry not in other.timeline for other, _ in pairs)
            if entry not in made.timeline and not taken_out and entry not in told:
                told.append(entry)
                yield entry


def _fields(base: Record | None, head: Record | None) -> Sequence[FieldEdit]:
    if base is None or head is None:
        return [FieldEdit((name,), name, None, value) for name, value in head.fields.items()] if head else ()
    edit = record_edit(base, head)
    return edit.fields if edit is not None else ()


def _differ(one: Record, other: Record) -> bool:
    return record_edit(one, other) is not None


def _meet(name: str, others: Iterable[str]) -> bool:
    return any(name == other or _within(name, other) or _within(other, name) for other in others)


def _within(inner: str, outer: str) -> bool:
    return inner.startswith((f"{outer}.", f"{outer}["))
