"""Blame: which commit gave each field of a record its present value, and which one wrote each timeline entry."""

import heapq
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from itsm_as_code.history.ancestry import Ancestry
from itsm_as_code.history.track import Track
from itsm_as_code.history.versions import Versions
from itsm_as_code.model.commit import Commit
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.anchors import Anchors

_TIMELINE = "timeline"


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """A value of a record, or an entry of its timeline, and the commit that put it there; None: not committed yet.

    `name` is the field's path with items of lists called by what names them; for an entry ``timeline[3]``.
    """

    name: str
    value: Any
    commit: Commit | None

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of the timeline."""
        return self.name.startswith(f"{_TIMELINE}[")


def leaves(record: Record) -> Mapping[str, Any]:
    """Return every value of a record that holds no others, by name, and each timeline entry as a whole."""
    entries = {f"{_TIMELINE}[{position}]": entry for position, entry in enumerate(record.timeline)}
    return fields(record) | entries


def fields(record: Record) -> dict[str, Any]:
    """Return every value of a record that holds no others, by name, but for the timeline's."""
    anchors = Anchors()
    return {anchors.of(record, path): value for path, value in _walk(record.fields, ())}


def _walk(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, Any]]:  # noqa: ANN401 - any YAML value
    if path == (_TIMELINE,):
        return
    inner: Sequence[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    if not inner and path:
        yield path, value
    for step, held in inner:
        yield from _walk(held, (*path, step))


def blame(ancestry: Ancestry, track: Track, versions: Versions, present: Record) -> Sequence[Origin]:
    """Return where each value of the present record comes from, in the record's order.

    `present` is what the head has, or a working tree over it. A value that a parent has as well came from there; the
    first parent is asked first.
    """
    search = _Search(track, versions, ancestry)
    start = track.last(next(iter(ancestry.parents)))
    wanted = leaves(present)
    came = search.origins(wanted, start)
    return [Origin(name, value, came.get(name)) for name, value in wanted.items()]


class _Search:
    """Walks back from version to version with the values whose origin is sought."""

    def __init__(self, track: Track, versions: Versions, ancestry: Ancestry) -> None:
        self._track, self._versions, self._ancestry = track, versions, ancestry
        self._held: dict[str, tuple[Mapping[str, str], AbstractSet[str]]] = {}
        self._texts: dict[int, str] = {}

    def origins(self, wanted: Mapping[str, Any], start: str | None) -> Mapping[str, Commit]:
        """Return the commit of each value that some version has; those that none has are left out."""
        if start is None:
            return {}
        texts = {name: _text(value) for name, value in wanted.items()}
        found: dict[str, Commit] = {}
        pending: dict[str, list[str]] = defaultdict(list)
        pending[start] = [name for name, text in texts.items() if self._has(start, name, text)]
        waiting = [(self._ancestry.order[start], start)]
        while waiting:
            _, step = heapq.heappop(waiting)
            parents = [parent for parent in self._track.before(step) if parent is not None]
            for name in pending.pop(step, ()):
                parent = next((parent for parent in parents if self._has(parent, name, texts[name])), None)
                if parent is None:
                    found[name] = self._track.steps[step]
                    continue
                if parent not in pending:
                    heapq.heappush(waiting, (self._ancestry.order[parent], parent))
                pending[parent].append(name)
        return found

    def _has(self, step: str, name: str, text: str) -> bool:
        """Return whether a version holds a value; a timeline entry is the same wherever it stands."""
        if step not in self._held:
            self._held[step] = self._texts_of(self._versions.after(step))
        values, entries = self._held[step]
        return text in entries if name.startswith(f"{_TIMELINE}[") else values.get(name) == text

    def _texts_of(self, record: Record | None) -> tuple[Mapping[str, str], AbstractSet[str]]:
        if record is None:
            return {}, frozenset()
        values = {name: _text(value) for name, value in fields(record).items()}
        return values, frozenset(map(self._entry, record.timeline))

    def _entry(self, entry: Mapping[str, Any]) -> str:
        # The versions share the entries that are files of their own, and keep them all.
        text = self._texts.get(id(entry))
        if text is None:
            text = self._texts[id(entry)] = _text(entry)
        return text


def _text(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return what two values have in common that say the same; in YAML true is not 1, as it is in Python."""
    return json.dumps(value, sort_keys=True, default=str)
