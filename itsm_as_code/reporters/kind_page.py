"""A kind's page: what it is, its fields, its states as a drawing, its links both ways, and an example."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.model.kind import Kind, LinkField
from itsm_as_code.model.reference import id_form_in_words, path_of
from itsm_as_code.reporters.kind_fields import FieldRow, FieldTable, conditions
from itsm_as_code.reporters.kind_states import state_section
from itsm_as_code.writing.record import render_record

_BOLD = "Fields in bold are required; those inside another field, where that one is there."
_IDS = {"process": "20260304-k7qz", "slug": "example-01", "tag": "EX-0001"}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a page is part of: the kinds, the fields that every record has, and where the other pages are.

    `pages` has a link for each kind that has a page, and `everywhere` one to where the common fields are told; both
    are empty for a page that stands alone and tells everything itself.
    """

    kinds: Mapping[str, Kind]
    common: Sequence[str]
    pages: Mapping[str, str] = field(default_factory=dict)
    everywhere: str = ""


def kind_page(kind: Kind, reference: Reference) -> str:
    """Return the page of a kind as Markdown."""
    table = FieldTable(kind.schema, reference.kinds, reference.pages)
    own = [name for name in kind.schema["properties"] if name not in reference.common]
    parts = [
        f"# {kind.title}\n\n{kind.description}\n\n{_where(kind)}",
        *_examples(kind),
        f"## Fields\n\n{_BOLD}\n\n{field_table(list(table.rows(own)))}",
        *_conditions(kind, reference.common),
        _fields_of_all(kind, table, reference),
        *([f"## States\n\n{state_section(kind)}"] if kind.states else []),
        f"## Links\n\n{_outgoing(kind, table, reference)}\n{_incoming(kind, table, reference)}",
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _fields_of_all(kind: Kind, table: FieldTable, reference: Reference) -> str:
    """Return what the kind has of the fields of every record; whole where no other page tells of them."""
    names = [name for name in kind.schema["properties"] if name in reference.common]
    if not reference.everywhere:
        return f"## Fields of every record\n\n{field_table(list(table.rows(names)))}"
    listed = ", ".join(_name(row) for row in table.rows(names, depth=1))
    return f"And the [fields of every record]({reference.everywhere}): {listed}."


def _where(kind: Kind) -> str:
    id_ = _example_id(kind, next(iter(kind.schema.get("examples", ())), {}))
    rows = [
        ("kind", f"`{kind.name}`"),
        ("file", f"`{path_of(kind, id_)}`"),
        ("id", f"the file's name: {id_form_in_words(kind.id_form, kind.prefix)}".replace("<", "&lt;")),
        ("named by links as", f"`{kind.address(id_)}`"),
        ("lists show", ", ".join(f"`{column}`" for column in kind.columns) or "id and title"),
    ]
    return "| | |\n|---|---|\n" + "".join(f"| {name} | {_cell(text)} |\n" for name, text in rows)


def field_table(rows: Sequence[FieldRow]) -> str:
    """Return fields as a table in Markdown."""
    text = "| field | what stands there | what it means |\n|---|---|---|\n"
    for row in rows:
        text += f"| {_name(row)} | {_cell(row.value)} | {_cell(row.meaning)} |\n"
    return text


def _name(row: FieldRow) -> str:
    return f"**`{row.path}`**" if row.required else f"`{row.path}`"


def _conditions(kind: Kind, common: Sequence[str]) -> Iterator[str]:
    """Yield what must hold between fields, where anything must; not what holds in the fields of every record."""
    schema = {**kind.schema, "properties": _without(kind.schema["properties"], common)}
    told = list(conditions(schema, kind.schema))
    if told:
        yield "Besides:\n\n" + "\n".join(f"- {sentence}" for sentence in told)


def _without(fields: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any]:
    """Return the fields but those named."""
    return {name: field for name, field in fields.items() if name not in names}


def _outgoing(kind: Kind, table: FieldTable, reference: Reference) -> str:
    text = "From here. Each link is written once, at this end, and read from both.\n\n"
    text += "| field | leads to | called there |\n|---|---|---|\n"
    for link in _by_field(kind.links):
        if not (reference.everywhere and link.path[0] in reference.common):
            to = ", ".join(table.linked(name) for name in link.to) or "any record"
            text += f"| `{_path(link)}` | {to} | {_reverse(link)} |\n"
    return text


def _incoming(kind: Kind, table: FieldTable, reference: Reference) -> str:
    incoming: dict[tuple[str, str], list[str]] = {}
    for other in reference.kinds.values():
        for link in _by_field(other.links):
            if kind.name in link.to or not link.to:
                incoming.setdefault((_reverse(link), _path(link)), []).append(other.name)
    text = "To here, under the names by which pages and `itsm link` list them.\n\n"
    text += "| called here | from | by its field |\n|---|---|---|\n"
    for (reverse, path), names in sorted(incoming.items()):
        everybody = len(names) == len(reference.kinds)
        whose = "every kind" if everybody else ", ".join(map(table.linked, sorted(names)))
        text += f"| {reverse} | {whose} | `{path}` |\n"
    return text


def _by_field(links: Sequence[LinkField]) -> Sequence[LinkField]:
    """Return the links, one for each field."""
    return list({_path(link): link for link in links}.values())


def _reverse(link: LinkField) -> str:
    return f"the inverse of its `{link.named_by}`" if link.named_by == "type" and link.to else f"`{link.reverse}`"


def _path(link: LinkField) -> str:
    return ".".join(link.path).replace(".*", "[]")


def _examples(kind: Kind) -> Iterator[str]:
    """Yield the section with the kind's example records as their files hold them."""
    texts = []
    for example in kind.schema.get("examples", ()):
        fields = {name: value for name, value in example.items() if name != "id"}
        path = path_of(kind, _example_id(kind, example))
        texts.append(f"```yaml\n# {path}\n{render_record(fields, kind)}```\n")
    if texts:
        yield "## Example\n\n" + "\n".join(texts)


def _example_id(kind: Kind, example: Mapping[str, Any]) -> str:
    """Return the id that an example gives, else one of the kind's form."""
    given = example.get("id")
    if isinstance(given, str):
        return given
    return f"{kind.prefix}-{_IDS['process']}" if kind.prefix else _IDS[kind.id_form]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
