"""What differs between two versions of one record: fields by their paths, and timeline entries."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.anchors import Anchors

_TIMELINE = "timeline"


class Absent:
    """The value of a field that is not there; `ABSENT` is the only one."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field whose value differs.

    `path` leads to it in head, or in base where head has it no more. `name` is the same path with items of lists
    called by what names them: ``cis[ci:web-01].role``. `old` and `new` are values as written, or `ABSENT`.
    """

    path: FieldPath
    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, eq=False)
class RecordEdit:
    """What a step does to one record; `base` is None for one that is added, `head` for one that is removed.

    `fields` leave the timeline out. `added` are the positions in head's timeline of entries that base has not, `lost`
    those in base's of entries that head has not: an entry that was rewritten is one of each. Of a record that is
    added or removed as a whole no field is told.
    """

    address: str
    base: Record | None
    head: Record | None
    fields: tuple[FieldEdit, ...] = ()
    added: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    @property
    def record(self) -> Record:
        """The record as it is in head, or in base where head has it no more."""
        record = self.head or self.base
        assert record is not None  # noqa: S101 - an edit has one end at least
        return record

    @property
    def ends(self) -> tuple[Record, Record]:
        """The record as it was and as it is, where both ends have it."""
        assert self.base is not None  # noqa: S101 - the caller's duty
        assert self.head is not None  # noqa: S101 - the caller's duty
        return self.base, self.head

    @property
    def is_added(self) -> bool:
        """Whether base has no such record."""
        return self.base is None

    @property
    def is_removed(self) -> bool:
        """Whether head has no such record."""
        return self.head is None

    @property
    def is_moved(self) -> bool:
        """Whether the record stands in another file than before."""
        return self.base is not None and self.head is not None and self.base.file != self.head.file

    @property
    def is_sure(self) -> bool:
        """Whether both ends were read to their end: what seems to be gone may else stand in the part not read."""
        return all(record is None or record.whole for record in (self.base, self.head))

    @property
    def new_entries(self) -> Sequence[Mapping[str, Any]]:
        """The timeline entries that were added."""
        return [self.record.timeline[position] for position in self.added] if self.head is not None else ()

    def field(self, name: str) -> FieldEdit | None:
        """Return the edit of this field (``state``, ``assignment.team``), or None where it is the same."""
        return next((edit for edit in self.fields if edit.name == name), None)


def record_edit(base: Record | None, head: Record | None) -> RecordEdit | None:
    """Return what differs between two versions of one record; None where they say the same in the same files."""
    if base is None or head is None:
        record = head or base
        if record is None:
            return None
        positions = tuple(range(len(record.timeline)))
        return RecordEdit(record.address, base, head, added=positions if base is None else ())
    fields = tuple(_Comparison(base, head).edits())
    added, lost = _entries(base.timeline, head.timeline)
    if not fields and not added and not lost and base.file == head.file:
        return None
    return RecordEdit(head.address, base, head, fields, added, lost)


class _Comparison:
    """Walks through the fields of both versions at once."""

    def __init__(self, base: Record, head: Record) -> None:
        self._base, self._head = base, head
        self._anchors = {id(base): Anchors(), id(head): Anchors()}

    def edits(self) -> Iterator[FieldEdit]:
        old, new = (
            {name: value for name, value in record.fields.items() if name != _TIMELINE}
            for record in (self._base, self._head)
        )
        return self._mappings(old, new, (), ())

    def _values(self, old: Any, new: Any, before: FieldPath, after: FieldPath) -> Iterator[FieldEdit]:  # noqa: ANN401 - any YAML value
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self._mappings(old, new, before, after)
        elif isinstance(old, list) and isinstance(new, list):
            yield from self._lists(old, new, before, after)
        elif old != new or type(old) is not type(new):
            # In YAML true is not 1, as it is in Python.
            yield self._edit(old, new, before, after)

    def _mappings(
        self, old: Mapping[str, Any], new: Mapping[str, Any], before: FieldPath, after: FieldPath
    ) -> Iterator[FieldEdit]:
        for key in dict.fromkeys((*new, *old)):
            yield from self._values(old.get(key, ABSENT), new.get(key, ABSENT), (*before, key), (*after, key))

    def _lists(
        self, old: Sequence[Any], new: Sequence[Any], before: FieldPath, after: FieldPath
    ) -> Iterator[FieldEdit]:
        if _is_same(old, new):
            return
        was = {name: position for position, name in enumerate(self._names(self._base, before, old))}
        now = {name: position for position, name in enumerate(self._names(self._head, after, new))}
        found = False
        for name in dict.fromkeys((*now, *was)):
            there, here = was.get(name), now.get(name)
            for edit in self._values(
                ABSENT if there is None else old[there],
                ABSENT if here is None else new[here],
                (*before, -1 if there is None else there),
                (*after, -1 if here is None else here),
            ):
                found = True
                yield edit
        if not found:
            yield self._edit(old, new, before, after)

    def _names(self, record: Record, path: FieldPath, items: Sequence[Any]) -> Sequence[str]:
        anchors = self._anchors[id(record)]
        return [anchors.of(record, (*path, position)) for position in range(len(items))]

    def _edit(self, old: Any, new: Any, before: FieldPath, after: FieldPath) -> FieldEdit:  # noqa: ANN401 - any YAML value
        record, path = (self._base, before) if isinstance(new, Absent) else (self._head, after)
        return FieldEdit(path, self._anchors[id(record)].of(record, path), old, new)


def _entries(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of the entries that are only in the new timeline, and of those only in the old one."""
    # Most of a long timeline is as it was; that is quickly seen, and history asks it of every commit.
    most = min(len(old), len(new))
    start = next((at for at in range(most) if not _is_same(old[at], new[at])), most)
    end = next((at for at in range(most - start) if not _is_same(old[-1 - at], new[-1 - at])), most - start)
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    return tuple(_only(after, before, start)), tuple(_only(before, after, start))


def _only(here: Sequence[Mapping[str, Any]], there: Sequence[Mapping[str, Any]], first: int) -> Iterator[int]:
    """Yield the positions of the entries that are not in the other list too; `first` is that of the first one here."""
    left = Counter(map(_frozen, there))
    for position, entry in enumerate(here, first):
        frozen = _frozen(entry)
        if left[frozen]:
            left[frozen] -= 1
        else:
            yield position


def _is_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - any YAML values
    """Return whether two values say the same; in YAML true is not 1, as it is in Python."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _frozen(value: Any) -> object:  # noqa: ANN401 - any YAML value
    """Return what two values have in common that say the same, whatever the order of their fields."""
    if isinstance(value, dict):
        return frozenset((key, _frozen(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return type(value), value
