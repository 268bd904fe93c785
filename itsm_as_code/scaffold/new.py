"""New records: planned from what a person says, the records it follows from, and the kind's schema."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import id_form_in_words, is_id, path_of
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.times import time_text
from itsm_as_code.model.words import with_article
from itsm_as_code.scaffold.carried import carried_over
from itsm_as_code.scaffold.from_template import take_defaults
from itsm_as_code.scaffold.settings import apply_settings
from itsm_as_code.scaffold.starter import starter_comments
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.values import Reader
from itsm_as_code.writing.ids import free_slug, new_id, slug
from itsm_as_code.writing.placeholders import flag_value
from itsm_as_code.writing.record import render_record
from itsm_as_code.writing.shape import Schema, properties


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says about a record to be.

    `settings` are `field=value`; `actor` a person's id (`alice`) or an address (`team:dba`); `id` is empty where
    one shall be found; `sources` are the records that it follows from; `taken` are ids that other branches have.
    """

    title: str
    settings: Sequence[str] = ()
    actor: str = ""
    id: str = ""
    sources: Sequence[Record] = ()
    taken: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be written: its address, its path from the repository's root, and its text.

    `namesake` is the address that follows from the title where another record has it; else empty.
    """

    address: str
    id: str
    title: str
    path: str
    text: str
    namesake: str = ""


def plan_record(snapshot: Snapshot, name: str, wish: Wish, now: datetime, random: Random) -> NewRecord:
    """Return the record that the wish asks for, of the kind of this name, with an id that is free in the snapshot.

    Raises ItsmError where there is no such kind, a setting is wrong, or something is missing that only a person
    can know: the message names the flags.
    """
    kind = snapshot.kinds.get(name)
    if kind is None:
        raise ItsmError(f"there is no kind {name}{did_you_mean(name, snapshot.kinds)}", hint="itsm schema --list")
    fields: dict[str, Any] = {kind.title_field: wish.title} if wish.title else {}
    apply_settings(fields, wish.settings, kind, Reader(snapshot, now))
    fields = {**carried_over(kind, wish.sources), **fields}
    take_defaults(snapshot, kind, fields)
    _refuse_missing([*_missing(kind, fields, wish, snapshot.kinds)], kind)
    if kind.logged:
        fields["timeline"] = [*_first_entries(kind, fields, wish.actor, now)]
    here = {record.id for record in snapshot.all_records if record.kind.name == name}
    taken = {*wish.taken, *here}
    title = str(fields[kind.title_field])
    id_ = wish.id or _free_id(kind, taken, title, now, random)
    if not is_id(kind, id_):
        raise ItsmError(f"{id_} is no id of {kind.plural}", hint=id_form_in_words(kind.id_form, kind.prefix))
    if id_.casefold() in {other.casefold() for other in taken}:
        where = "" if id_.casefold() in {other.casefold() for other in here} else ", on another branch"
        raise ItsmError(f"{kind.address(id_)} exists already{where}")
    text = render_record(fields, kind, starter_comments(kind, fields, snapshot.kinds))
    namesake = "" if wish.id or kind.id_form == "process" or id_ == slug(title) else kind.address(slug(title))
    return NewRecord(kind.address(id_), id_, title, path_of(kind, id_), text, namesake)


def _free_id(kind: Kind, taken: Collection[str], title: str, now: datetime, random: Random) -> str:
    if kind.id_form == "process":
        return new_id(kind, taken, now, random)
    if not slug(title):
        raise ItsmError(f"no id follows from the title {title}", hint="it has no Latin letters or digits; give --id ID")
    return free_slug(title, taken)


def _first_entries(kind: Kind, fields: Mapping[str, Any], actor: str, now: datetime) -> Iterator[Mapping[str, Any]]:
    entry = {"at": time_text(now), "by": _address(actor)}
    yield {**entry, "type": "created"}
    state = fields.get("state", kind.initial)
    if state != kind.initial:
        yield {**entry, "type": "transition", "to": state}


def _address(actor: str) -> str:
    return actor if ":" in actor else f"person:{actor}"


def _missing(kind: Kind, fields: Mapping[str, Any], wish: Wish, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """Yield the flags by which a person can say what is missing."""
    known = properties(kind.schema, kind.schema)
    if not str(fields.get(kind.title_field, "")).strip():
        yield "--title TEXT"
    computed = {"kind", "id", kind.title_field, *(["timeline"] if kind.logged else [])}
    for name in kind.schema.get("required", ()):
        if name not in fields and name not in computed:
            yield f"--set {name}={flag_value(known.get(name, {}), kind.schema, kinds)}"
    for part in kind.schema.get("allOf", ()):
        needed = part.get("then", {}).get("required", ()) if _holds(part.get("if", {}), fields) else ()
        for name in needed:
            if name not in fields:
                yield f"--set {name}={flag_value(known.get(name, {}), kind.schema, kinds)}"
        choices = [choice.get("required", []) for choice in part.get("anyOf", ()) if isinstance(choice, dict)]
        if choices and all(choices) and not any(all(name in fields for name in names) for names in choices):
            yield " or ".join(
                f"--set {name}={flag_value(known.get(name, {}), kind.schema, kinds)}"
                for names in choices
                for name in names
            )
    if kind.logged and not wish.actor:
        yield "--as PERSON"


def _holds(condition: Schema, fields: Mapping[str, Any]) -> bool:
    """Return whether fields have what a schema's condition asks for, which is values of theirs out of a list."""
    asked = condition.get("properties", {})
    return all(name in fields for name in condition.get("required", ())) and all(
        fields[name] in values.get("enum", ()) for name, values in asked.items() if name in fields
    )


def _refuse_missing(flags: Sequence[str], kind: Kind) -> None:
    if flags:
        raise ItsmError(f"{with_article(kind.title.lower())} needs {', '.join(flags)}")
