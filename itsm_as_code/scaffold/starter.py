"""Starters: what a kind's schema says about its fields, as comment lines."""

import re
from collections.abc import Mapping, Sequence

from itsm_as_code.model.kind import Kind
from itsm_as_code.writing.placeholders import Kinds, placeholder
from itsm_as_code.writing.shape import Schema, properties, resolved

_WIDTH = 118


def starter_comments(kind: Kind, given: Mapping[str, object], kinds: Kinds) -> Mapping[str, Sequence[str]]:
    """Return comment lines for the starter fields that are not given, by field."""
    fields = properties(kind.schema, kind.schema)
    wanted = [name for name in kind.starter if name not in given and name in fields]
    return {name: _lines(name, fields[name], kind, kinds) for name in wanted}


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
