"""Edits of a record: what is put, appended or dropped at which field path, and what that means for plain values."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath, format_path


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at a path, which may name a field that is not there yet, in mappings that are not there yet.

    `one_line` writes the mappings of a new list on one line each.
    """

    path: FieldPath
    value: Any
    one_line: bool = False


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item to the list at a path; a list that is not there is made.

    `one_line` writes a mapping on one line, unless a text in it has several.
    """

    path: FieldPath
    value: Any
    one_line: bool = True


@dataclass(frozen=True, slots=True)
class Drop:
    """Take away the field or item at a path; what is not there is left so.

    A list or mapping that is left empty goes with its field; as an item of a list it stays, empty.
    """

    path: FieldPath


@dataclass(frozen=True, slots=True)
class Extend:
    """Add several items to a list that is there: one stroke of a splice."""

    path: FieldPath
    values: Sequence[Any]
    one_line: bool = True


@dataclass(frozen=True, slots=True)
class Insert:
    """Put several items before the one at a position of a list that is there: one stroke of a splice."""

    path: FieldPath
    position: int
    values: Sequence[Any]
    one_line: bool = True


Splice = Put | Append | Drop
"""What is asked of a text."""
Stroke = Put | Extend | Insert | Drop
"""A part of a splice in which nothing is left to decide: bytes are put, added or dropped at one place."""
ABSENT = object()
"""What stands for a value that is not there."""


def comparable(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return a text that is equal for equal values only: 1, true and "1" differ, the order of fields does not count."""
    return json.dumps(value, sort_keys=True)


def strokes(value: dict[str, Any], edits: Iterable[Splice]) -> Iterator[Stroke]:
    """Carry the edits out on plain values, `value` itself, and yield strokes for a text of it that change no more.

    A stroke replaces what has to be replaced and no list or mapping around it, and what it needs is there.
    Raises ItsmError where an edit goes through what is no list or mapping, or past the end of a list.
    """
    pending: Extend | None = None
    for edit in edits:
        new = _plain(None if isinstance(edit, Drop) else edit.value)
        for stroke in list(_refined(value, edit, new)):
            if (
                isinstance(stroke, Extend)
                and pending
                and (stroke.path, stroke.one_line) == (pending.path, pending.one_line)
            ):
                pending = Extend(stroke.path, (*pending.values, *stroke.values), stroke.one_line)
                continue
            if pending:
                yield pending
            pending = stroke if isinstance(stroke, Extend) else None
            if pending is None:
                yield stroke
        # A copy: later edits change the value, and must not change a stroke.
        _carry_out(value, edit, _plain(new))
    if pending:
        yield pending


def _plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return a copy in dicts and lists."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return value


def _carry_out(root: dict[str, Any], edit: Splice, new: Any) -> None:  # noqa: ANN401 - any YAML value
    """Do to plain values what an edit asks for."""
    if isinstance(edit, Append):
        _holder(root, edit.path, list).append(new)
        return
    if not edit.path:
        root.clear()
        root.update(new or {})
        return
    holder, last = _holder(root, edit.path[:-1], None if isinstance(edit, Drop) else dict), edit.path[-1]
    if isinstance(edit, Put):
        holder[last] = new
    elif holder is not None and child(holder, last) is not ABSENT:
        del holder[last]
        if not holder and len(edit.path) > 1 and isinstance(edit.path[-2], str):
            _carry_out(root, Drop(edit.path[:-1]), None)


def _holder(root: Any, path: FieldPath, made: type[list[Any] | dict[str, Any]] | None) -> Any:  # noqa: ANN401 - as above
    """Return the list or mapping at a path; where none is there, None, or a new one where `made` says of which type."""
    value = root
    for depth, step in enumerate(path):
        inner = child(value, step)
        if inner is ABSENT or inner is None:
            if made is None:
                return None
            inner = made() if depth == len(path) - 1 else {}
            value[step] = inner
        value = inner
    return value


def child(value: Any, step: str | int) -> Any:  # noqa: ANN401 - any YAML value
    """Return what a mapping or list holds at a key or position; ABSENT where it holds nothing there."""
    if isinstance(step, str):
        return value.get(step, ABSENT)
    return value[step] if 0 <= step < len(value) else ABSENT


def _refined(root: dict[str, Any], edit: Splice, new: Any) -> Iterator[Stroke]:  # noqa: ANN401 - any YAML value
    """Yield the strokes of one edit, before it is carried out."""
    old = _checked(root, edit)
    if isinstance(edit, Drop):
        if old is not ABSENT:
            yield _drop(root, edit.path)
    elif old is ABSENT or old is None:
        if isinstance(edit, Append):
            new = [new]
        path = edit.path
        while len(path) > 1 and value_at(root, path[:-1]) in (ABSENT, None):
            path, new = path[:-1], {path[-1]: new}
        yield Put(path, new, edit.one_line)
    elif isinstance(edit, Put):
        yield from _changed(edit.path, old, new, one_line=edit.one_line)
    else:
        yield Extend(edit.path, (new,), edit.one_line)


def value_at(root: Any, path: FieldPath) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value at a path through lists and mappings; ABSENT where there is none."""
    value = root
    for step in path:
        if value is None or value is ABSENT:
            return ABSENT
        value = child(value, step)
    return value


def _checked(root: Any, edit: Splice) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value at an edit's path, ABSENT where there is none; raise ItsmError where none could be."""
    value = root
    for depth, step in enumerate(edit.path):
        here = format_path(edit.path[:depth]) or "the record"
        missing = value is None or value is ABSENT
        wanted: type[object] = list if isinstance(step, int) else dict
        if not missing and not isinstance(value, wanted):
            raise ItsmError(f"{here} is no {'list' if wanted is list else 'mapping of fields'}")
        value = ABSENT if missing else child(value, step)
        if value is ABSENT and wanted is list and not isinstance(edit, Drop):
            raise ItsmError(f"{here} has no item {format_path((step,))}")
    if isinstance(edit, Append) and value not in (None, ABSENT) and not isinstance(value, list):
        raise ItsmError(f"{format_path(edit.path) or 'the record'} is no list")
    return value


def _drop(root: dict[str, Any], path: FieldPath) -> Stroke:
    """Return the stroke that drops what is there, and with it the fields that it would leave empty."""
    while len(path) > 1 and len(holder := value_at(root, path[:-1])) == 1:
        path = path[:-1]
        if isinstance(path[-1], int):
            return Put(path, type(holder)())
    return Drop(path)


def _changed(path: FieldPath, old: Any, new: Any, *, one_line: bool) -> Iterator[Stroke]:  # noqa: ANN401 - as above
    """Yield the strokes that turn an old value into a new one."""
    if isinstance(old, dict) and isinstance(new, dict) and ((old.keys() & new.keys()) or not path):
        for key, value in new.items():
            if key in old:
                yield from _changed((*path, key), old[key], value, one_line=one_line)
            else:
                yield Put((*path, key), value, one_line)
        yield from (Drop((*path, key)) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _rearranged(path, old, new, one_line=one_line)
    elif isinstance(old, dict | list) and comparable(old) == comparable(new):
        return
    else:
        # The text of a scalar may need an edit even if its value does not.
        yield Put(path, new, one_line)


def _rearranged(path: FieldPath, old: list[Any], new: list[Any], *, one_line: bool) -> Iterator[Stroke]:
    """Yield the strokes that turn an old list into a new one: items that stay keep their text."""
    before, after = list(map(comparable, old)), list(map(comparable, new))
    if (lost := _lost(before, after)) is not None:
        yield from (Drop((*path, position)) for position in reversed(lost))
    elif (added := _lost(after, before)) is not None:
        yield from _inserted(path, new, added, len(old), one_line=one_line)
    elif len(before) == len(after):
        for position, (was, becomes) in enumerate(zip(old, new, strict=True)):
            if before[position] != after[position]:
                yield from _changed((*path, position), was, becomes, one_line=one_line)
    else:
        head = _alike(before, after)
        tail = min(_alike(before[::-1], after[::-1]), len(before) - head, len(after) - head)
        if not head and not tail:
            yield Put(path, new, one_line)
            return
        yield from (Drop((*path, position)) for position in reversed(range(head, len(old) - tail)))
        yield from _inserted(path, new, range(head, len(new) - tail), head + tail, one_line=one_line)


def _inserted(path: FieldPath, new: list[Any], added: Sequence[int], kept: int, *, one_line: bool) -> Iterator[Stroke]:
    """Yield the strokes that add the items at the positions `added` of a new list to the `kept` others, last first.

    So a stroke does not move the place of the next one.
    """
    places: dict[int, list[Any]] = {}
    for number, position in enumerate(added):
        places.setdefault(position - number, []).append(new[position])
    for place, values in sorted(places.items(), reverse=True):
        yield Extend(path, values, one_line) if place == kept else Insert(path, place, values, one_line)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items two lists have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lost(before: Sequence[str], after: Sequence[str]) -> Sequence[int] | None:
    """Return the positions of `before` that `after` has lost; None where that is not the whole difference."""
    lost, kept = [], 0
    for position, item in enumerate(before):
        if kept < len(after) and item == after[kept]:
            kept += 1
        else:
            lost.append(position)
    return lost if kept == len(after) else None
