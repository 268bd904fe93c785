"""Whatever a record can hold is written so that the strict reader gives it back, without a finding."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.model.kind import Kind
from itsm_as_code.reading.document import read_document
from itsm_as_code.writing.record import render_record

NOTE = Kind(
    name="note",
    title="Note",
    plural="notes",
    description="",
    folder="notes",
    id_form="slug",
    prefix="",
    title_field="title",
    states={},
    logged=False,
    links=(),
    columns=(),
    starter=(),
    schema={"properties": {"title": {}, "timeline": {"items": {"properties": {"at": {}, "by": {}, "type": {}}}}}},
)

_TRICKY = st.sampled_from(
    [
        *("no", "y", "Null", "~", "0x1f", "1_000", "12:30", ".5", "1e3", "=", "<<", "true", "2026-03-04"),
        *("2026-03-04T05:06:07+01:00", "- x", "? x", "a: b", "a #b", "--- x", "...", "%TAG", "@x", "`x`", "!tag"),
        *("&a", "*a", "|", ">", "{a: b}", "[a]", "'a'", '"a"', "\\n", "a\tb"),
        *("a\n  b\n", "a\n\n\nb", "x\n---\ny", " a\nb", "a \nb", "a\n ", "# a\nb\n", "\tx\ny"),
    ]
)
_TEXT = st.one_of(
    st.text(max_size=40),
    _TRICKY,
    st.text(alphabet="ab \n\t:#-'\"\\,[]{}|>&*!%@?~0123456789_.", max_size=30),
)
_SCALARS = st.one_of(_TEXT, st.integers(-(10**15) + 1, 10**15 - 1), st.booleans(), st.none())
_KEYS = st.one_of(_TEXT.filter(lambda key: key != ""), st.from_regex(r"[a-z]{1,5}", fullmatch=True))
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5))
def test_reading_gives_back_what_was_written(fields: Mapping[str, Any]) -> None:
    text = render_record(fields, NOTE)
    document = read_document("note.yaml", text.encode())
    assert document.faults == ()
    assert document.value == fields


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), min_size=1, max_size=4))
def test_timeline_entries_too(entries: list[Mapping[str, Any]]) -> None:
    text = render_record({"title": "Note", "timeline": entries}, NOTE)
    document = read_document("note.yaml", text.encode())
    assert document.faults == ()
    assert document.value["timeline"] == entries
