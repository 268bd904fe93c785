"""What is called otherwise in other tools: the fields, values and kinds that a word may mean here."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from itsm_as_code import resources
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.document import read_document

FILE = "synonyms.yaml"
_LONGEST = 60
"""Letters of a word that is looked up; no name of a field is longer."""
_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def spelt(text: str) -> str:
    """Return a word as the table spells it: ``Short Description`` and ``shortDescription`` → ``short_description``."""
    return "_".join(_WORD.findall(_HUMP.sub("_", text[:_LONGEST]))).lower()


def meant(text: str, allowed: Iterable[str]) -> str:
    """Return the allowed value that the text spells or names in another way; empty for none."""
    return _same(text, allowed) or _first(_table()["values"].get(spelt(text)), list(allowed))


def value_hint(text: str, allowed: Sequence[str]) -> str:
    """Return ` (did you mean x?)` for a value that is not among the allowed ones; empty where none is near."""
    near = meant(text, allowed)
    return f" (did you mean {near}?)" if near else did_you_mean(text, allowed)


def field_hint(kind: str, name: str, known: Collection[str]) -> str:
    """Return ` (did you mean x?)`, or a sentence about it, for a field that records of this kind do not have."""
    for text in fields_meant(kind, name):
        if text.startswith(";"):
            return text
        if text.partition(".")[0] in known:
            return f" (did you mean {text}?)"
    return did_you_mean(name, known)


def kind_meant(text: str, kinds: Collection[str]) -> str:
    """Return the kind that another tool calls by this name; empty for none."""
    return _first(_table()["kinds"].get(spelt(text)), kinds)


def fields_meant(kind: str, name: str) -> Sequence[str]:
    """Return the fields (dotted), or the sentence about it, that a field's name may mean in records of this kind."""
    fields, word = _table()["fields"], spelt(name)
    return [text for table in (fields.get(kind, {}), fields["any"]) for text in _listed(table.get(word))]


def _same(text: str, allowed: Iterable[str]) -> str:
    word = spelt(text)
    return next((name for name in allowed if spelt(name) == word), "") if word else ""


def _first(meanings: object, allowed: Collection[str]) -> str:
    return next((name for name in _listed(meanings) if name in allowed), "")


def _listed(meanings: object) -> Sequence[str]:
    return [str(text) for text in meanings] if isinstance(meanings, list) else [str(meanings)] if meanings else []


@cache
def _table() -> Mapping[str, Any]:
    return read_document(FILE, (resources.schemas() / FILE).read_bytes()).value
