"""What was meant by a field that a schema does not know: a slip, another tool's word, or a field of another place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.references import resolve
from itsm_as_code.reading.schema_words import listed
from itsm_as_code.reading.synonyms import fields_meant, spelt

_DEPTH = 4
"""Mappings inside one another that are looked through."""
_MOST = 5_000
"""Fields of a schema that are looked at, so that a hostile one stays quick."""
_ITEMS = "*"
_FOREIGN = re.compile(r"\(([A-Z][\w ]*: [^()]*)\)\s*$")
_SEPARATORS = re.compile(r", | or | and ")

Path = tuple[str, ...]


class FieldAdvice:
    """Answers for the records of one schema, whose fields it goes through once."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._kind = str(root.get("x-itsm", {}).get("kind", ""))
        self._by_name: dict[str, list[Path]] = {}
        self._by_foreign_name: dict[str, list[Path]] = {}
        self._top = [str(name) for name in root.get("properties", ())] if self._kind else []
        for path, description in islice(_fields(root, root, ()), _MOST):
            self._by_name.setdefault(spelt(path[-1]), []).append(path)
            for word in _foreign_names(description):
                self._by_foreign_name.setdefault(spelt(word), []).append(path)

    def of(self, name: str, where: FieldPath, allowed: Sequence[str]) -> str:
        """Return what is said after that `name` is not known at `where`, which takes the `allowed` fields."""
        same = next((field for field in allowed if spelt(field) == spelt(name) and spelt(name)), "")
        if same:
            return f" (did you mean {same}?)"
        return (
            self._meant(name, where)
            or did_you_mean(name, allowed)
            or self._elsewhere(name, where)
            or (f"; fields here: {listed(allowed)}" if allowed else "; there are no fields here")
        )

    def _meant(self, name: str, where: FieldPath) -> str:
        """Return the field that other tools call by this name."""
        if not self._kind:
            return ""
        here = tuple(_ITEMS if isinstance(step, int) else step for step in where)
        found = [path for path in self._by_foreign_name.get(spelt(name), ()) if path[:-1] == here]
        if not here:
            for text in fields_meant(self._kind, name):
                if text.startswith(";"):
                    return text
                if text.partition(".")[0] in self._top:
                    return f" (did you mean {text}?)"
            found = found or self._by_foreign_name.get(spelt(name), [])
        return f" (did you mean {_told(found[0], here)}?)" if found else ""

    def _elsewhere(self, name: str, where: FieldPath) -> str:
        """Return where a field of this name belongs: nearest to the record's root."""
        here = tuple(_ITEMS if isinstance(step, int) else step for step in where)
        found = sorted(self._by_name.get(spelt(name), ()), key=len) if self._kind else []
        return f" (did you mean {_told(found[0], here)}?)" if found else ""


def _told(path: Path, here: Path) -> str:
    """Return a field as people find it from another place."""
    if path[:-1] == here:
        return path[-1]
    if _ITEMS in path:
        split = len(path) - 1 - path[::-1].index(_ITEMS)
        return (
            f"{'.'.join(path[split + 1 :])} in an entry of {'.'.join(step for step in path[:split] if step != _ITEMS)}"
        )
    return f"{path[0]} of the record itself, beside {here[0]}" if len(path) == 1 else ".".join(path)


def _fields(schema: Any, root: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:  # noqa: ANN401 - JSON
    """Yield the path and description of every field below a schema, the upper ones first."""
    words = resolve(schema, root)
    inner = [((*path, str(name)), resolve(each, root)) for name, each in words.get("properties", {}).items()]
    yield from ((place, str(each.get("description", ""))) for place, each in inner)
    if len(path) < _DEPTH:
        for place, each in inner:
            yield from _fields(each, root, place)
        if "items" in words:
            yield from _fields(words["items"], root, (*path, _ITEMS))


def _foreign_names(description: str) -> Iterator[str]:
    """Yield what other tools call a field: ``(ServiceNow: Assigned to; Jira: Assignee.)``."""
    match = _FOREIGN.search(description)
    for part in match[1].split("; ") if match is not None else ():
        yield from _SEPARATORS.split(part.partition(": ")[2].rstrip("."))
