"""Field paths in words that survive edits elsewhere in a record: items of lists by what names them, not by position."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from itsm_as_code.model.place import FieldPath, value_inside
from itsm_as_code.model.record import Record

_NAMES = ("id", "key", "name", "at")
"""Fields that name an item of a list, whatever the kind; after them come its links, then its first plain value."""
_LETTERS = 200
"""Letters of a value that name an item: enough to tell items apart, and no more of a value that is a whole text."""


class Anchors:
    """Answers what a field path of a record is called, however often it is asked; each list is gone through once."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, FieldPath], Sequence[str]] = {}

    def of(self, record: Record, path: FieldPath) -> str:
        """Return the path with each position in a list replaced by what names the item: ``cis[ci:web-01].ci``.

        Items of one name are counted: ``cis[ci:web-01#2].ci`` is the second. A step that leads nowhere (a field that
        is missing) stands as it is.
        """
        value: Any = record.fields
        text = ""
        for length, step in enumerate(path):
            if isinstance(step, int):
                names = self._names(record, path[:length], value)
                text += f"[{names[step] if 0 <= step < len(names) else step}]"
            else:
                text += f".{step}" if text else step
            value = value_inside(value, step)
        return text

    def _names(self, record: Record, path: FieldPath, value: Any) -> Sequence[str]:  # noqa: ANN401 - any YAML value
        key = (record.file, path)
        if key not in self._items:
            links = _links(record, path)
            self._items[key] = list(_counted(_name(item, links) for item in value)) if isinstance(value, list) else ()
        return self._items[key]


def _links(record: Record, path: FieldPath) -> Sequence[str]:
    """Return the fields of the items of a list that are links."""
    pattern = (*("*" if isinstance(step, int) else step for step in path), "*")
    return [link.path[-1] for link in record.kind.links if link.path[:-1] == pattern]


def _name(item: Any, links: Sequence[str]) -> str:  # noqa: ANN401 - any YAML value
    if not isinstance(item, dict):
        return "" if isinstance(item, list) else str(item)[:_LETTERS]
    plain = {key: value for key, value in item.items() if not isinstance(value, dict | list)}
    for field in (*_NAMES, *links, *plain):
        if plain.get(field) not in (None, ""):
            return str(plain[field])[:_LETTERS]
    return ""


def _counted(names: Iterator[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}"
