"""Settings of an edit: `FIELD=VALUE`, `FIELD+=VALUE`, `FIELD-=VALUE`, read into a path, an operator and a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from itsm_as_code.editing.draft import Draft
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.anchors import Anchors
from itsm_as_code.writing.shape import Schema, items, resolved
from itsm_as_code.writing.typed import field_schema, json_types

Operator = Literal["=", "+=", "-="]

_SETTING = re.compile(r"(?P<field>(?:[^=\[\]]|\[[^\]]*\])+?)\s*(?P<operator>[+-]?=)(?P<text>.*)", re.DOTALL)
_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\[(?P<item>[^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Item:
    """A step into a list: the item of this name, or else at this position."""

    name: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it was typed: the field with the steps that lead to it, what to do with it, and the text."""

    field: str
    steps: tuple[str | Item, ...]
    operator: Operator
    text: str


def parse_setting(text: str) -> Setting:
    """Return the setting that a text is; raise ItsmError where it is none."""
    match = _SETTING.fullmatch(text)
    field = match["field"].strip() if match is not None else ""
    steps = tuple(_steps(field))
    if match is None or not steps or isinstance(steps[0], Item):
        raise ItsmError(f"{shortened(text)}: no FIELD=VALUE", "write for example impact=high, or services+=service:web")
    operator = cast("Operator", match["operator"])
    if operator != "=" and not match["text"].strip():
        raise ItsmError(f"{shortened(text)}: what shall be {'added' if operator == '+=' else 'taken out'}?")
    return Setting(field, steps, operator, match["text"])


def _steps(field: str) -> Sequence[str | Item]:
    found: list[str | Item] = []
    end = 0
    while end < len(field):
        match = _STEP.match(field, end)
        if match is None or (end == 0 and field.startswith(".")):
            return ()
        found.append(match["name"] if match["name"] is not None else Item(match["item"].strip()))
        end = match.end()
    return found


def locate(record: Record, draft: Draft, setting: Setting) -> tuple[FieldPath, Schema]:
    """Return the path that a setting's steps lead to in a draft of the record, and the schema of what stands there.

    Raises ItsmError, with what may be meant, for a field that records of the kind do not have, and for an item that a
    list does not hold.
    """
    kind = record.kind
    schema: Schema = kind.schema
    path: FieldPath = ()
    for step in setting.steps:
        types = json_types(resolved(schema, kind.schema))
        if isinstance(step, Item):
            if "array" not in types:
                raise ItsmError(f"{setting.field}: {format_path(path)} is no list")
            path = (*path, _position(record, draft, path, step.name))
            schema = resolved(items(schema, kind.schema), kind.schema)
            continue
        if "array" in types and "object" not in types:
            hint = f"name the item: {format_path(path)}[{_first_name(record, draft, path)}].{step}=…"
            raise ItsmError(f"{setting.field}: {format_path(path)} is a list", hint)
        if path and types and "object" not in types:
            raise ItsmError(f"{setting.field}: {format_path(path)} has no fields of its own")
        above = [str(name) for name in path if isinstance(name, str)]
        # What begins with x- is the organisation's own, and so is all that is in it.
        schema = {} if (above or [step])[0].startswith("x-") else field_schema(schema, step, above, kind)
        path = (*path, step)
    return path, schema


def item_names(record: Record, draft: Draft, path: FieldPath) -> dict[int, str]:
    """Return by what the items of the list at a path are named, by position."""
    anchors = Anchors()
    start = len(anchors.of(record, path)) + 1
    return {position: anchors.of(record, (*path, position))[start:-1] for position, _ in draft.items(path)}


def _position(record: Record, draft: Draft, path: FieldPath, name: str) -> int:
    names = item_names(record, draft, path)
    for position, each in names.items():
        if name and name in (each, each.partition(":")[2]):
            return position
    if name.isdecimal() and int(name) in names:
        return int(name)
    if not names:
        raise ItsmError(f"{format_path(path)} has no items", f"add one: {format_path(path)}+=…")
    hint = did_you_mean(name, names.values()) or f"; it has {', '.join(list(names.values())[:5])}"
    raise ItsmError(f"{format_path(path)} has no item {shortened(name)}{hint}")


def _first_name(record: Record, draft: Draft, path: FieldPath) -> str:
    return next(iter(item_names(record, draft, path).values()), "NAME")
