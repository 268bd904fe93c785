"""JSON with comments and trailing commas: values, and where each stands."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.reading.jsonc import NotJsonError, parse_jsonc

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2, "\t"]))
def test_plain_json_is_read_as_the_library_reads_it(value: object, indent: int | str | None) -> None:
    node = parse_jsonc(json.dumps(value, indent=indent))
    assert node is not None
    assert node.value == value


def test_comments_and_trailing_commas_are_accepted() -> None:
    text = '// top\n{ /* a */ "a" /* b */ : /* c */ [1, /* d */ 2, ], // e\n "b": {"c": "//x", },\n}\n// end'
    node = parse_jsonc(text)
    assert node is not None
    assert node.value == {"a": [1, 2], "b": {"c": "//x"}}
    assert node.trailing
    assert text[node.members["a"].node.start : node.members["a"].node.end] == "[1, /* d */ 2, ]"
    assert text[node.members["b"].start :].startswith('"b"')


@pytest.mark.parametrize("text", ["", " \r\n", "\ufeff", "// nothing\n/* at all */"])
def test_what_says_nothing_is_none(text: str) -> None:
    assert parse_jsonc(text) is None


def test_a_byte_order_mark_and_keys_that_are_written_twice() -> None:
    node = parse_jsonc('\ufeff{"a": 1, "b": 2, "a": 3}')
    assert node is not None
    assert (node.value, node.repeated) == ({"a": 3, "b": 2}, ("a",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "line 1, column 2: a key in double quotes is wanted"),
        ('{"a": 1\n "b": 2}', "line 2, column 2: a comma or } is wanted"),
        ("{'a': 1}", "line 1, column 2: a key in double quotes is wanted"),
        ('{"a" 1}', "line 1, column 6: a colon is wanted"),
        ('{"a": }', "line 1, column 7: a value is wanted"),
        ('{"a": NaN}', "line 1, column 7: a value is wanted"),
        ('{"a": "x}', "line 1, column 7: this value is not closed, or not JSON"),
        ("[1 2]", "line 1, column 4: a comma or ] is wanted"),
        ("[1", "line 1, column 3: a comma or ] is wanted"),
        ("[,]", "line 1, column 2: a value is wanted"),
        ("{} {}", "line 1, column 4: something follows its end"),
        ("{} /* open", "line 1, column 4: something follows its end"),
        ("[" * 100_000, "line 1, column 102: nested too deeply"),
    ],
)
def test_what_is_no_json_says_where(text: str, words: str) -> None:
    with pytest.raises(NotJsonError) as error:
        parse_jsonc(text)
    assert str(error.value) == words


@given(st.text(alphabet='{}[]",:/*\\ \n\r1ea-truefalsn'))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        node = parse_jsonc(text)
    except NotJsonError:
        return
    assert node is None or 0 <= node.start < node.end <= len(text)
