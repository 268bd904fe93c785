"""Scalars that YAML 1.1 or 1.2 reads otherwise are quoted; the rest stays plain."""

import pytest

from itsm_as_code.writing.scalars import literal, spell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("web-01", "web-01"),
        ("Checkout returns 500", "Checkout returns 500"),
        ("Zürich: Hauptsitz", '"Zürich: Hauptsitz"'),
        ("service:checkout", "service:checkout"),
        ("no", '"no"'),
        ("Y", '"Y"'),
        ("Null", '"Null"'),
        ("0123", '"0123"'),
        ("12:30", '"12:30"'),
        ("1.10", '"1.10"'),
        ("1e3", '"1e3"'),
        ("1234e567", '"1234e567"'),
        (".inf", '".inf"'),
        ("~", '"~"'),
        ("<<", '"<<"'),
        ("", '""'),
        ("2026-03-04", '"2026-03-04"'),
        ("2026-03-04T03:07:00+01:00", "2026-03-04T03:07:00+01:00"),
        ("2026-03-04T03:07:00Z", "2026-03-04T03:07:00Z"),
        ("2026-03-04T03:07:00", '"2026-03-04T03:07:00"'),
        ("2026-13-04T03:07:00Z", '"2026-13-04T03:07:00Z"'),
        ('say "hello"', 'say "hello"'),
        ('"hello", it\'s said', "'\"hello\", it''s said'"),
        ('"bell\a"', '"\\"bell\\x07\\""'),
        ("- not a list", '"- not a list"'),
        ("a # comment", '"a # comment"'),
        ("ends with colon:", '"ends with colon:"'),
        ("bell\a", '"bell\\x07"'),
        ("line\u2028end", '"line\\u2028end"'),
        ("mark\ufeff", '"mark\\ufeff"'),
        ("trailing ", '"trailing "'),
        (7, "7"),
        (-7, "-7"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
    ],
)
def test_spelling(value: str | int | None, text: str) -> None:
    assert spell(value) == text


@pytest.mark.parametrize("text", ["two words", "a,b", "{x}", "a: b", "https://example.com/?a=1"])
def test_in_a_flow_mapping_only_single_words_stay_plain(text: str) -> None:
    assert spell(text, in_flow=True) == f'"{text}"'


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        spell(1.5)  # type: ignore[arg-type]


def test_a_text_of_several_lines_is_a_literal_block() -> None:
    assert literal("one\n\n  two\n", 4) == "|\n    one\n\n      two"
    assert literal("one\ntwo", 2) == "|-\n  one\n  two"


@pytest.mark.parametrize(
    "text", ["one line", " leading\nspace", "\nempty first", "tab\n\t\nonly", "end\n\n", "nul\0\nx", "a\r\nb"]
)
def test_what_a_block_would_alter_is_left_to_quotes(text: str) -> None:
    assert literal(text, 2) is None
