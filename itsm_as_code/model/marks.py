"""Marks: line and column of every key and item of one file, kept in two integers a value."""

from array import array
from collections.abc import Sequence
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

    Values are numbered as they are met: a mapping or list first, then what it holds. Of each number the
    mark of the value and, inside a mapping, of its key are kept. A path is resolved by walking the values,
    so marks cost nothing until a finding needs one.
    """

    __slots__ = ("_keys", "_values")

    def __init__(self, keys: Sequence[int] = (), values: Sequence[int] = ()) -> None:
        self._keys = array("Q", keys)
        self._values = array("Q", values)

    def mark(self, root: Any, path: FieldPath, *, at_key: bool = False) -> tuple[int, int]:  # noqa: ANN401 - any YAML value
        """Return line and column of the value at `path` in `root`, or of its key.

        A mapping or list is marked at its key, since its first line may be far below it. A path that leads
        nowhere (a field that is missing) gives the mark of the nearest field above it that is there.
        """
        if not self._values:
            return 1, 1
        number, value, inside_mapping = 0, root, False
        for step in path:
            found = _step(number, value, step)
            if found is None:
                at_key = inside_mapping
                break
            number, value = found
            inside_mapping = isinstance(step, str)
        key_wanted = inside_mapping and (at_key or isinstance(value, dict | list))
        return unpack((self._keys if key_wanted else self._values)[number])


def _step(number: int, value: Any, step: str | int) -> tuple[int, Any] | None:  # noqa: ANN401 - any YAML value
    """Return number and value of what `step` names inside `value`, which has this number."""
    held: Any
    if isinstance(value, dict):
        held = value.items()
    elif isinstance(value, list):
        held = enumerate(value)
    else:
        return None
    number += 1
    for key, inner in held:
        if key == step:
            return number, inner
        number += _size(inner)
    return None


def _size(value: Any) -> int:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return 1
