"""Validation: the quick and the thorough validator agree; messages, formats."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.reading.validation import SchemaValidator

KINDS = load_kinds({})
INCIDENT = """\
title: Checkout returns 500
impact: high
urgency: high
services: [service:checkout]
cis: [{ci: ci:web-01, role: affected}]
public: {level: major-outage, message: Customers cannot pay.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: note, text: Looking.}
"""
GOOD = read_document("x", INCIDENT.encode()).value


def said(value: Mapping[str, Any], kind: str = "incident") -> list[tuple[str, tuple[str | int, ...], str]]:
    return [(fault.rule, fault.path, fault.message) for fault in SchemaValidator(KINDS[kind].schema).faults("f", value)]


def changed(**fields: object) -> dict[str, Any]:
    return {**copy.deepcopy(dict(GOOD)), **fields}


def test_a_good_record_has_no_faults() -> None:
    assert said(GOOD) == []


def test_an_unknown_field_names_the_nearest() -> None:
    assert said(changed(servcies=["service:a"])) == [
        ("unknown-field", ("servcies",), "unknown field servcies (did you mean services?)")
    ]


def test_a_misspelt_required_field_is_told_once() -> None:
    value = changed(impcat="high")
    del value["impact"]
    assert [(rule, path) for rule, path, _ in said(value)] == [("unknown-field", ("impcat",))]


def test_a_value_outside_an_enum_names_what_is_allowed_and_the_nearest() -> None:
    assert said(changed(impact="hihg")) == [
        ("schema-enum", ("impact",), "hihg is not one of high, medium, low (did you mean high?)")
    ]


def test_a_missing_field_names_its_values() -> None:
    value = changed()
    del value["urgency"]
    assert said(value) == [("schema-required", ("urgency",), "urgency is missing; write high, medium or low")]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "is empty; give text, or delete the field"),
        (7, 'must be text, is the number 7; put it in quotes: "7"'),
        (True, 'must be text, is true; put it in quotes: "true"'),
        (["a"], "must be text, is a list; write a"),
        ({}, "must be text, is a mapping of fields"),
    ],
)
def test_a_value_of_the_wrong_type_says_what_to_write(value: object, message: str) -> None:
    assert ("schema-type", ("title",), message) in said(changed(title=value))


def test_a_single_value_where_a_list_is_wanted() -> None:
    assert said(changed(services="service:a")) == [
        ("schema-type", ("services",), "must be a list, is the text service:a; write [service:a]")
    ]


def test_a_field_of_another_entry_type() -> None:
    entry = {"at": "2026-03-04T03:07:00+01:00", "by": "person:a", "type": "acknowledged", "text": "x"}
    found = said(changed(timeline=[entry]))
    assert [(rule, path) for rule, path, _ in found] == [("unknown-field", ("timeline", 0, "text"))]


def test_times_without_offset_have_a_rule_of_their_own() -> None:
    entry = {"at": "2026-03-04T03:07:00", "by": "person:a", "type": "created"}
    assert [(rule, path) for rule, path, _ in said(changed(timeline=[entry]))] == [
        ("naive-time", ("timeline", 0, "at"))
    ]


@pytest.mark.parametrize(
    "time",
    ["yesterday", "2026-02-30T00:00:00Z", "2026-03-04T25:00:00Z", "2026-03-04T23:59:60Z", "0000-01-01T00:00:00Z"],
)
def test_what_is_no_time(time: str) -> None:
    entry = {"at": time, "by": "person:a", "type": "created"}
    assert [rule for rule, _, _ in said(changed(timeline=[entry]))] == ["schema-format"]


junk = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "x", "high", "2026-03-04T03:07:00Z", "service:a"])
)
junk_trees = st.recursive(
    junk,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["at", "by", "type", "ci", "x", "level"]), inner, max_size=3)
    ),
)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=20)
@given(data=st.data())
def test_what_the_quick_validator_accepts_the_thorough_one_accepts(kind: str, data: st.DataObject) -> None:
    properties = sorted(KINDS[kind].schema["properties"])
    value: dict[str, Any] = (
        copy.deepcopy(dict(GOOD)) if kind == "incident" else {"title": "Some title", "name": "Some name"}
    )
    for field in data.draw(st.lists(st.sampled_from([*properties, "unknown", "x-own"]), max_size=3)):
        value[field] = data.draw(junk_trees)
    quick = list(SchemaValidator(KINDS[kind].schema).faults("f", value))
    thorough = list(SchemaValidator(KINDS[kind].schema, quick=False).faults("f", value))
    assert quick == thorough


def test_compiled_schemas_stand_alone() -> None:
    for kind in KINDS.values():
        text = json.dumps(kind.schema)
        assert "envelope.schema.json" not in text
        assert kind.schema["additionalProperties"] is False


def test_a_file_of_unknown_fields_is_told_no_further() -> None:
    found = said({f"k{number}": 1 for number in range(50_000)})
    assert len(found) == MAX_FAULTS
    assert {rule for rule, _, _ in found} == {"unknown-field", "schema-required"}
