"""Records as text: the one canonical spelling of a new record, in its schema's order of fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.block import block_lines, list_lines
from itsm_as_code.writing.shape import Schema, items, properties

_TAIL = ("links", "external", "timeline")
"""What grows stands last, so that additions show at the end of the file."""


def render_record(fields: Mapping[str, Any], kind: Kind, comments: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the YAML text of a record.

    Fields stand in the order of the kind's schema (fields it does not know after those, in the order given),
    each timeline entry on a line of its own. `comments` are lines of text by field, written as comments where
    that field would stand. Reading the text back gives equal values. Raises TypeError for values that a record
    cannot hold (floats, dates).
    """
    comments = comments or {}
    lines: list[str] = []
    for name in _order([*fields, *comments], kind):
        lines += [f"# {line}".rstrip() for line in comments.get(name, ())]
        if name in fields:
            lines += _field_lines(name, fields[name], kind)
    return "\n".join(lines) + "\n"


def _field_lines(name: str, value: Any, kind: Kind) -> Iterator[str]:  # noqa: ANN401 - any YAML value
    value = _arranged(value, properties(kind.schema, kind.schema).get(name, {}), kind.schema)
    if name == "timeline" and isinstance(value, list) and value:
        yield "timeline:"
        yield from list_lines(value, 2, one_line_each=True)
    else:
        yield from block_lines({name: value})


def field_order(kind: Kind, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the fields of a kind, and others that it does not know, in the order in which a record has them."""
    head = ["kind", "id", kind.title_field]
    known = [*properties(kind.schema, kind.schema), *others]
    middle = [name for name in known if name not in head and name not in _TAIL]
    return tuple(dict.fromkeys([*head, *middle, *_TAIL]))


def _order(names: Sequence[str], kind: Kind) -> Sequence[str]:
    return [name for name in field_order(kind, names) if name in names]


def _arranged(value: Any, schema: Schema, root: Schema) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value with the fields of the mappings in it in their schema's order."""
    if isinstance(value, Mapping):
        fields = properties(schema, root)
        names = dict.fromkeys([*(name for name in fields if name in value), *value])
        return {name: _arranged(value[name], fields.get(name, {}), root) for name in names}
    if isinstance(value, Sequence) and not isinstance(value, str):
        inner = items(schema, root)
        return [_arranged(item, inner, root) for item in value]
    return value
