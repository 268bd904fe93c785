"""Starters: what a kind's schema says about its fields, as comment lines and as flags to give."""

import re
from collections.abc import Mapping, Sequence

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.shape import Schema, allowed_values, items, properties, resolved

_WIDTH = 118
_MAPPING = 80
"""Letters of a mapping that is shown with all its fields."""
_FEW = 10
_DEEPEST = 4


Kinds = Mapping[str, Kind]


def starter_comments(kind: Kind, given: Mapping[str, object], kinds: Kinds) -> Mapping[str, Sequence[str]]:
    """Return comment lines for the starter fields that are not given, by field."""
    fields = properties(kind.schema, kind.schema)
    wanted = [name for name in kind.starter if name not in given and name in fields]
    return {name: _lines(name, fields[name], kind, kinds) for name in wanted}


def placeholder(schema: Schema, root: Schema, kinds: Kinds, depth: int = _DEEPEST) -> str:
    """Return what may stand there: the values allowed, kinds of links, or dots.

    ``high|medium|low``, ``[service:…]``, ``{start: …, end: …}``. Below `depth` levels all is dots: a shape may hold
    itself.
    """
    schema = resolved(schema, root)
    if not depth:
        return "…"
    if schema.get("type") == "array" or (schema.get("type") is None and "items" in schema):
        return f"[{placeholder(items(schema, root), root, kinds, depth - 1)}]"
    if allowed := allowed_values(schema, root):
        return "|".join(allowed)
    if properties(schema, root):
        return _mapping(schema, root, kinds, depth)
    if "x-itsm-link" in schema:
        return _addresses(schema, kinds) or "…"
    return _scalar(schema)


def _scalar(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and most - least < _FEW:
        return "|".join(map(str, range(least, most + 1)))
    return "true|false" if schema.get("type") == "boolean" else "…"


def _mapping(schema: Schema, root: Schema, kinds: Kinds, depth: int) -> str:
    """Return the fields of a mapping: all where they are few; else those that must be there, or names alone."""
    fields = properties(schema, root)
    parts = {name: f"{name}: {placeholder(inner, root, kinds, depth - 1)}" for name, inner in fields.items()}
    whole = f"{{{', '.join(parts.values())}}}"
    if len(whole) <= _MAPPING:
        return whole
    wanted = [parts[name] for name in schema.get("required", ()) if name in parts] or [f"{name}: …" for name in parts]
    return f"{{{', '.join(wanted)}}}"


def _lines(name: str, schema: Schema, kind: Kind, kinds: Kinds) -> Sequence[str]:
    field = f"{name}: {placeholder(schema, kind.schema, kinds)}"
    sentence = first_sentence(str(resolved(schema, kind.schema).get("description", "")))
    if not sentence:
        return [field]
    line = f"{field}  # {sentence}"
    return [line] if len(line) <= _WIDTH else [sentence, field]


def first_sentence(description: str) -> str:
    """Return the first sentence of a description, without the list of values and the examples that may end it."""
    sentence = re.split(r"(?<=\w)\. (?=[A-Z(`])|: `|, for example |\.?\s*\((?=ServiceNow|Jira|ITIL)", description)[0]
    sentence = sentence.strip().rstrip(".")
    return f"{sentence}." if sentence and not sentence.endswith("?") else sentence


def _addresses(schema: Schema, kinds: Kinds) -> str:
    allowed = [kinds[name] for name in schema["x-itsm-link"].get("to", []) if name in kinds]
    return "|".join(f"{kind.prefix}-…" if kind.prefix else kind.address("…") for kind in allowed)
