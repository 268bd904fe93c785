"""Marks: line and column of every key and item of one file, kept in two integers a value."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from itsm_as_code.model.place import FieldPath

SHIFT = 32
"""Bits of a packed mark that hold its column."""
_MASK = (1 << SHIFT) - 1


def pack(line: int, column: int) -> int:
    """Return one integer for a line and column (both from 1)."""
    return line << SHIFT | column


def unpack(mark: int) -> tuple[int, int]:
    """Return the line and column of a packed mark."""
    return mark >> SHIFT, mark & _MASK


class Marks:
    """The marks of a value tree, by its order in the file.

    Values are numbered as they are met: a mapping or list first, then what it holds. Of each number the mark of
    the value and, inside a mapping, of its key are kept. Which path has which number follows from the values, so
    marks cost nothing until a finding needs one.
    """

    __slots__ = ("_keys", "_values")

    def __init__(self, keys: Sequence[int] = (), values: Sequence[int] = ()) -> None:
        self._keys = array("Q", keys)
        self._values = array("Q", values)

    def locate(self, root: Any) -> "Locator":  # noqa: ANN401 - any YAML value
        """Return what answers for every path of `root`, the values that these marks belong to."""
        numbers: dict[FieldPath, int] = {}
        if self._values:
            _number(root, (), numbers)
        return Locator(self._keys, self._values, numbers, root)

    def mark(self, root: Any, path: FieldPath, *, at_key: bool = False) -> tuple[int, int]:  # noqa: ANN401 - as above
        """Return line and column of one path; see `Locator.mark`."""
        return self.locate(root).mark(path, at_key=at_key)


class Locator:
    """Line and column of every path of one file."""

    __slots__ = ("_keys", "_numbers", "_root", "_values")

    def __init__(self, keys: Sequence[int], values: Sequence[int], numbers: Mapping[FieldPath, int], root: Any) -> None:  # noqa: ANN401 - as above
        self._keys = keys
        self._values = values
        self._numbers = numbers
        self._root = root

    def mark(self, path: FieldPath, *, at_key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at `path`, or of its key.

        A mapping or list is marked at its key, since its first line may be far below it. A path that leads
        nowhere (a field that is missing) gives the mark of the nearest field above it that is there.
        """
        while path not in self._numbers:
            if not path:
                return 1, 1
            path, at_key = path[:-1], True
        is_field = bool(path) and isinstance(path[-1], str)
        marks = self._keys if is_field and (at_key or self._holds_more(path)) else self._values
        return unpack(marks[self._numbers[path]])

    def _holds_more(self, path: FieldPath) -> bool:
        value = self._root
        for step in path:
            value = value[step]
        return isinstance(value, dict | list)


def _number(value: Any, path: FieldPath, numbers: dict[FieldPath, int]) -> None:  # noqa: ANN401 - as above
    numbers[path] = len(numbers)
    if isinstance(value, dict):
        for key, inner in value.items():
            _number(inner, (*path, key), numbers)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _number(inner, (*path, position), numbers)
