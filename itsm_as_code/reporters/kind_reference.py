"""The reference of all kinds: an index with the fields of every record, and a page a kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.reporters.kind_fields import FieldTable, conditions
from itsm_as_code.reporters.kind_page import Reference, field_table, kind_page

_INDEX = "README.md"
_EVERYWHERE = f"{_INDEX}#fields-of-every-record"
_INTRODUCTION = """\
# Kinds of record

One page a kind, written from the schemas in `schemas/`. `itsm schema KIND --format markdown` prints the page of a kind
of your own ([how to add one](../kinds.md)).

Work begins and ends: its ids have a prefix, and every change of its state is in its timeline. Things exist; their ids
are names.
"""


def kind_reference(kinds: Mapping[str, Kind], envelope: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the whole reference: file name → text."""
    pages = {name: f"{name}.md" for name in kinds}
    reference = Reference(kinds, tuple(envelope["properties"]), pages, _EVERYWHERE)
    return {
        _INDEX: _index(kinds, envelope, pages),
        **{pages[name]: kind_page(kind, reference) for name, kind in kinds.items()},
    }


def _index(kinds: Mapping[str, Kind], envelope: Mapping[str, Any], pages: Mapping[str, str]) -> str:
    work = [kind for kind in kinds.values() if kind.id_form == "process"]
    things = [kind for kind in kinds.values() if kind.id_form != "process"]
    table = FieldTable(envelope, kinds, pages)
    return "\n".join(
        [
            _INTRODUCTION,
            f"## Work\n\n{_kinds(work, pages)}",
            f"## Things\n\n{_kinds(things, pages)}",
            "## Fields of every record\n",
            "Beside those of its kind. Persons and teams have a `name` and no `title`; kinds without a lifecycle have",
            "no `state`. Fields that begin with `x-` are free; every other unknown field is an error.\n",
            field_table(list(table.rows(list(envelope["properties"])))),
            *[f"- {sentence}" for sentence in conditions(envelope, envelope)],
            "",
            "### Timeline entries\n",
            "Beside `at`, `by`, `type` and `recorded_at` an entry has the fields of its type, those in bold always.\n",
            _entries(envelope["$defs"]["entry"]),
        ]
    )


def _kinds(kinds: list[Kind], pages: Mapping[str, str]) -> str:
    text = "| kind | folder | what it is | states |\n|---|---|---|---|\n"
    for kind in kinds:
        states = ", ".join(f"`{state}`" for state in kind.states)
        what = kind.description.split(" (ITIL")[0].split(". ")[0].rstrip(".")
        text += f"| [{kind.name}]({pages[kind.name]}) | `{kind.folder}/` | {what}. | {states} |\n"
    return text


def _entries(entry: Mapping[str, Any]) -> str:
    text = "| type | fields |\n|---|---|\n"
    for type_, required, allowed in _types(entry):
        names = [f"**`{name}`**" if name in required else f"`{name}`" for name in allowed]
        text += f"| `{type_}` | {', '.join(names)} |\n"
    return text


def _types(entry: Mapping[str, Any]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each type of entry with the fields it must have and those it may have."""
    always = {"at", "by", "type", "recorded_at"}
    for part in entry["allOf"]:
        type_ = part.get("if", {}).get("properties", {}).get("type", {}).get("const")
        then = part.get("then", {})
        names = then.get("propertyNames", {}).get("enum", ())
        if type_ is not None:
            yield type_, then.get("required", []), [name for name in names if name not in always]
