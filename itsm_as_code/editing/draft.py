"""Drafts: a record's fields while they are edited, and the splices that lead from what is written to what is wanted."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath, format_path, value_inside
from itsm_as_code.model.words import shortened
from itsm_as_code.writing.edits import Append, Drop, Put, Splice


class _Gone:
    """Stands where an item of a list was, so that the others keep their positions."""

    def __deepcopy__(self, _memo: object) -> "_Gone":
        return self


_GONE: Final = _Gone()


class Draft:
    """A copy of a record's own fields that is edited; positions in lists stay as they are written."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        """Begin with what is written."""
        self._written = fields
        self._fields: Any = deepcopy(dict(fields))

    @property
    def fields(self) -> dict[str, Any]:
        """The fields as they would be."""
        plain = _plain(self._fields)
        assert isinstance(plain, dict)  # noqa: S101 - the root is a mapping
        return plain

    def at(self, path: FieldPath) -> Any:  # noqa: ANN401 - any YAML value
        """Return the value at a path as it would be; None where nothing is."""
        value = self._fields
        for step in path:
            value = _inside(value, step)
        return _plain(value)

    def items(self, path: FieldPath) -> Iterator[tuple[int, Any]]:
        """Yield the items of the list at a path with their positions; none where there is no list."""
        value = self._fields
        for step in path:
            value = _inside(value, step)
        if isinstance(value, list):
            yield from ((position, _plain(item)) for position, item in enumerate(value) if item is not _GONE)

    def put(self, path: FieldPath, value: Any) -> None:  # noqa: ANN401 - any YAML value
        """Set the value at a path; mappings that are missing on the way are made.

        Raises ItsmError where a plain value stands on the way.
        """
        self._holder(path)[path[-1]] = value

    def drop(self, path: FieldPath) -> None:
        """Take away what is at a path, and the mappings and lists that it leaves empty."""
        holder = self._fields
        for step in path[:-1]:
            holder = _inside(holder, step)
        if _inside(holder, path[-1]) is None and not (isinstance(holder, dict) and path[-1] in holder):
            return
        if isinstance(path[-1], int):
            holder[path[-1]] = _GONE
        else:
            del holder[path[-1]]
        if len(path) > 1 and not _plain(holder):
            self.drop(path[:-1])

    def add(self, path: FieldPath, item: Any) -> None:  # noqa: ANN401 - any YAML value
        """Add an item to the end of the list at a path, which is made where it is missing."""
        holder = self._holder(path)
        if not isinstance(_inside(holder, path[-1]), list):
            holder[path[-1]] = []
        holder[path[-1]].append(item)

    def splices(self) -> tuple[Splice, ...]:
        """Return what must be done to what is written; paths are those of the written values.

        Of a list, items that stay are edited first, then others are dropped, the last one first, then come the new.
        """
        return tuple(_splices(self._written, self._fields, ()))

    def _holder(self, path: FieldPath) -> Any:  # noqa: ANN401 - a mapping or list
        holder = self._fields
        for depth, step in enumerate(path[:-1]):
            inner = _inside(holder, step)
            if inner is None:
                inner = holder[step] = {}
            if not isinstance(inner, dict | list):
                where = format_path(path[: depth + 1])
                raise ItsmError(f"{where} is {shortened(str(inner))}, which has no fields", f"drop it first: {where}=")
            holder = inner
        return holder


def _inside(value: Any, step: str | int) -> Any:  # noqa: ANN401 - any YAML value
    found = value_inside(value, step)
    return None if found is _GONE else found


def _plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value without the items that are gone."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value if item is not _GONE]
    return value


def _splices(written: Any, wanted: Any, path: FieldPath) -> Iterator[Splice]:  # noqa: ANN401 - any YAML values
    if isinstance(written, dict) and isinstance(wanted, dict):
        for key, value in wanted.items():
            if key in written:
                yield from _splices(written[key], value, (*path, key))
            else:
                yield Put((*path, key), _plain(value))
        yield from (Drop((*path, key)) for key in written if key not in wanted)
    elif isinstance(written, list) and isinstance(wanted, list) and _keeps_some(written, wanted):
        kept = [position for position in range(len(written)) if wanted[position] is not _GONE]
        for position in kept:
            yield from _splices(written[position], wanted[position], (*path, position))
        yield from (Drop((*path, each)) for each in reversed(range(len(written))) if wanted[each] is _GONE)
        yield from (Append(path, _plain(item)) for item in wanted[len(written) :] if item is not _GONE)
    elif type(written) is not type(wanted) or _plain(wanted) != written:
        yield Put(path, _plain(wanted))


def _keeps_some(written: list[Any], wanted: list[Any]) -> bool:
    """Return whether the list that is wanted is the written one edited, and not another one in its place."""
    return len(wanted) >= len(written) and any(item is not _GONE for item in wanted[: len(written)])
