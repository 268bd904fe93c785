"""Settings of editors get what they lack, and every other byte stays."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.reading.jsonc import NotJsonError, parse_jsonc
from itsm_as_code.writing.jsonc import merge_jsonc

WANTED = {"yaml.schemas": {"./a.json": "records/a", "./old.json": None}, "list": ["x"], "on": True}


def value(text: str) -> Any:  # noqa: ANN401 - any JSON value
    node = parse_jsonc(text)
    assert node is not None
    return node.value


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n  "a": {\n    "b": 1\n  }\n}\n'),
        ("// mine\n", '// mine\n{\n  "a": {\n    "b": 1\n  }\n}\n'),
        ("{}", '{\n  "a": {\n    "b": 1\n  }\n}'),
        ('{"x": 1}', '{"x": 1,\n  "a": {\n    "b": 1\n  }\n}'),
        ('{\n\t"x": 1 // why\n}\n', '{\n\t"x": 1, // why\n\t"a": {\n\t\t"b": 1\n\t}\n}\n'),
        ('{\r\n    "x": 1,\r\n}\r\n', '{\r\n    "x": 1,\r\n    "a": {\r\n        "b": 1\r\n    },\r\n}\r\n'),
        ('{\n  "a": {} // why\n}', '{\n  "a": {\n    "b": 1\n  } // why\n}'),
        ('{\n  "a": {"b": 2, /* c */ "d": 3}\n}', '{\n  "a": {"b": 1, /* c */ "d": 3}\n}'),
        ('\ufeff{"a": {"b": true}}', '\ufeff{"a": {"b": 1}}'),
    ],
)
def test_what_is_wanted_is_added_and_the_rest_stays(before: str, after: str) -> None:
    assert merge_jsonc(before, {"a": {"b": 1}}) == after
    assert merge_jsonc(after, {"a": {"b": 1}}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"a": ["x"]}', '{"a": ["x"]}'),
        ('{"a": []}', '{"a": [\n  "x"\n]}'),
        ('{\n  "a": [\n    "y", // why\n  ],\n}', '{\n  "a": [\n    "y", // why\n    "x",\n  ],\n}'),
    ],
)
def test_a_list_gets_what_it_lacks(before: str, after: str) -> None:
    assert merge_jsonc(before, {"a": ["x"]}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"a": {"b": 1}}', '{"a": {}}'),
        ('{"a": {"b": 1, "c": 2}}', '{"a": { "c": 2}}'),
        ('{"a": {"c": 2, "b": 1}}', '{"a": {"c": 2,}}'),
        (
            '{\n  "a": {\n    // mine\n    "c": 2, // c\n    "b": 1, // b\n    "d": 3\n  }\n}',
            '{\n  "a": {\n    // mine\n    "c": 2, // c // b\n    "d": 3\n  }\n}',
        ),
        ("{}", '{\n  "a": {}\n}'),
    ],
)
def test_a_member_is_taken_away(before: str, after: str) -> None:
    assert merge_jsonc(before, {"a": {"b": None}}) == after


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "it holds no object"),
        ('{"yaml.schemas": []}', "yaml.schemas is no object"),
        ('{"list": {}}', "list is no list"),
        ('{"on": 1, "on": 2}', "it has on twice"),
        ('{"yaml.schemas": {"./a.json": "x", "./a.json": "y"}}', "it has yaml.schemas../a.json twice"),
        ("{", "line 1, column 2: a key in double quotes is wanted"),
    ],
)
def test_what_cannot_be_added_to_is_refused(text: str, words: str) -> None:
    with pytest.raises(NotJsonError) as error:
        merge_jsonc(text, WANTED)
    assert str(error.value) == words


KEYS = st.sampled_from(["yaml.schemas", "list", "on", "other", "./a.json", "./old.json"])
SETTINGS = st.dictionaries(
    KEYS, st.integers() | st.lists(st.text(), max_size=3) | st.dictionaries(KEYS, st.text(), max_size=4), max_size=6
)


@given(SETTINGS, st.sampled_from([None, 2, "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_whatever_was_there_is_there_afterwards(before: dict[str, Any], indent: int | str | None, end: str) -> None:
    text = json.dumps(before, indent=indent, ensure_ascii=False).replace("\n", end)
    try:
        merged = merge_jsonc(text, WANTED)
    except NotJsonError:
        assert not isinstance(before.get("yaml.schemas", {}), dict) or not isinstance(before.get("list", []), list)
        return
    after = value(merged)
    assert after["yaml.schemas"].items() >= {("./a.json", "records/a")}
    assert "./old.json" not in after["yaml.schemas"]
    assert {key: after[key] for key in before if key not in WANTED} == {
        key: before[key] for key in before if key not in WANTED
    }
    assert merge_jsonc(merged, WANTED) == merged
