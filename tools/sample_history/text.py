"""Cuts the text of a record into its fields, and lists of them into items, without losing a letter."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

import yaml

_KEY = re.compile(r"([A-Za-z_][\w-]*):")
_INLINE = re.compile(r"([\w-]+): \[(.*)\]\n?")
_SCALAR = re.compile(r"[\w-]+: (\S+)\n?")
_ADDRESS = re.compile(r"[a-z-]+:[A-Za-z0-9][\w.-]*|[A-Z]{2,4}-\d{8}-[0-9a-z]{4}|[A-Z]{2,4}-\d{7}")
_KINDS_WITH_TYPE = re.compile(
    r"(?:asset|catalog-item|change-template|ci|contract|freeze|licence|person|service|sla|team):"
)


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def loaded(text: str) -> Mapping[str, Any]:
    """Return what a text of YAML says, with all values as texts."""
    value: Mapping[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - makes texts and nothing else
    return value


def fields(text: str) -> dict[str, str]:
    """Return the text of each top-level field by its name, in order; comments and blank lines go with what follows."""
    found: dict[str, str] = {}
    ahead = ""
    name = ""
    for line in text.splitlines(keepends=True):
        key = _KEY.match(line)
        if key is not None:
            name = key[1]
            found[name] = ahead + line
            ahead = ""
        elif name and line.startswith(" "):
            found[name] += ahead + line
            ahead = ""
        else:
            ahead += line
    if ahead:
        found[name] += ahead
    return found


def items(field: str) -> tuple[str, Sequence[str]]:
    """Return the head of a field that holds a block list, and the text of each item; no items where it is none."""
    head, *lines = field.splitlines(keepends=True) or [""]
    if not lines or not lines[0].startswith("  - "):
        return field, ()
    found: list[str] = []
    for line in lines:
        if line.startswith("  - "):
            found.append(line)
        else:
            found[-1] += line
    return head, found


def without_missing(field: str, exists: Container[str]) -> str:
    """Return a field without links to records that do not exist; nothing where nothing is left of it.

    A link is a whole value: one that a text mentions stays.
    """
    inline = _INLINE.fullmatch(field)
    if inline is not None:
        kept = [item for item in inline[2].split(", ") if not _is_missing(item, exists)]
        return f"{inline[1]}: [{', '.join(kept)}]\n" if kept else ""
    scalar = _SCALAR.fullmatch(field)
    if scalar is not None:
        return "" if _is_missing(scalar[1], exists) else field
    head, parts = items(field)
    if not parts:
        return field
    kept = [part for part in parts if not any(_is_missing(value, exists) for value in _values(part))]
    return head + "".join(kept) if kept else ""


def _values(item: str) -> Iterator[str]:
    """Yield the values of an item that stands on one line."""
    flow = item.strip().removeprefix("- ")
    if "\n" in flow:
        return
    for value in re.split(r"[{}\[\], ]+", re.sub(r'"[^"]*"', "", flow)):
        if not value.endswith(":"):
            yield value


def _is_missing(value: str, exists: Container[str]) -> bool:
    if _ADDRESS.fullmatch(value) is None or (":" in value and _KINDS_WITH_TYPE.match(value) is None):
        return False
    return value not in exists


def replaced(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return fields with some written anew; those that were not there come before the timeline, or at the end."""
    merged = {name: new.get(name, text) for name, text in old.items()}
    added = {name: text for name, text in new.items() if name not in old}
    ahead = {name: text for name, text in merged.items() if name != "timeline"}
    if "timeline" not in old or list(old)[-1] != "timeline":
        return {**merged, **added}
    return {**ahead, **added, "timeline": merged["timeline"]}
