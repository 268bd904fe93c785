"""Other tools' words: what is offered exists, and what is offered for is not a name of ours already."""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code import resources
from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.reading.references import resolve
from itsm_as_code.reading.synonyms import FILE, field_hint, kind_meant, meant, spelt, value_hint

KINDS = load_kinds({})
DOCUMENT = read_document(FILE, (resources.schemas() / FILE).read_bytes())
TABLE: Mapping[str, Any] = DOCUMENT.value


def _listed(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, list) else [str(value)]


def _has(kind: Kind, path: str) -> bool:
    schema: Mapping[str, Any] = kind.schema
    for step in path.split("."):
        fields = resolve(schema, kind.schema).get("properties", {})
        if step not in fields:
            return False
        schema = fields[step]
    return True


def _values(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (str(value) for value in schema.get("enum", ()) if isinstance(schema.get("enum"), list))
        for inner in schema.values():
            yield from _values(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _values(inner)


def test_the_table_is_read_without_a_fault() -> None:
    assert not DOCUMENT.faults
    assert set(TABLE) == {"fields", "values", "kinds"}


def test_every_field_that_is_offered_exists() -> None:
    for name, words in TABLE["fields"].items():
        kinds = list(KINDS.values()) if name == "any" else [KINDS[name]]
        for word, offers in words.items():
            assert word == spelt(word)
            for offer in _listed(offers):
                assert offer.startswith("; ") or any(_has(kind, offer) for kind in kinds), (name, word, offer)
            assert name == "any" or not _has(KINDS[name], word), f"{name} has {word}"


def test_every_value_and_kind_that_is_offered_exists() -> None:
    known = {value for kind in KINDS.values() for value in _values(kind.schema)}
    for word, offers in TABLE["values"].items():
        assert word == spelt(word)
        assert set(_listed(offers)) <= known, word
    for word, kind in TABLE["kinds"].items():
        assert word == spelt(word)
        assert kind in KINDS
        assert word not in KINDS


def test_words_are_one_however_they_are_joined() -> None:
    assert {
        spelt(text) for text in ("Short Description", "short-description", "shortDescription", " SHORT_description ")
    } == {"short_description"}
    assert spelt("?!") == ""
    assert meant("?!", ["", "high"]) == ""


def test_what_is_offered_is_allowed() -> None:
    assert value_hint("critical", ["high", "low"]) == " (did you mean high?)"
    assert value_hint("critical", ["red", "green"]) == ""
    assert field_hint("incident", "assignee", ["title"]) == ""
    assert kind_meant("ticket", ["change"]) == ""


@given(st.text(max_size=200))
def test_any_word_may_be_asked_for(word: str) -> None:
    value_hint(word, ["high", "low"])
    field_hint("incident", word, ["title"])
    kind_meant(word, list(KINDS))
