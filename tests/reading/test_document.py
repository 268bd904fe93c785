"""The reader: values, marks, and one finding for each violation of the strict subset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.reading.document import read_document
from itsm_as_code.reading.limits import MAX_BYTES, MAX_DEPTH, MAX_FAULTS

FILE = "records/cis/x.yaml"


def faults(text: str | bytes, *, pure: bool = False) -> list[tuple[str, int, int]]:
    data = text.encode() if isinstance(text, str) else text
    document = read_document(FILE, data, pure=pure)
    return [(fault.rule, fault.place.line, fault.place.column) for fault in document.faults if fault.place]


VIOLATIONS: dict[str, tuple[str | bytes, list[tuple[str, int, int]]]] = {
    "duplicate key": ("a: 1\nb: 2\na: 3\n", [("duplicate-key", 3, 1)]),
    "duplicate key inside": ("a:\n  - {b: 1, b: 2}\n", [("duplicate-key", 2, 12)]),
    "what a dropped value holds is judged too": (
        "a: 1\na: {b: 2, b: no}\n",
        [("duplicate-key", 2, 1), ("implicit-type", 2, 14)],
    ),
    "yes": ("a: yes\n", [("implicit-type", 1, 4)]),
    "TRUE": ("a: TRUE\n", [("implicit-type", 1, 4)]),
    "leading zero": ("a: 0123\n", [("implicit-type", 1, 4)]),
    "base 60": ("a: 12:30\n", [("implicit-type", 1, 4)]),
    "version": ("a: 1.10\n", [("implicit-type", 1, 4)]),
    "exponent": ("a: 1e3\n", [("implicit-type", 1, 4)]),
    "hash": ("a: 1234e567\n", [("implicit-type", 1, 4)]),
    "more digits than JSON keeps": (f"a: {'9' * 16}\n", [("implicit-type", 1, 4)]),
    "doubtful key": ("on: x\n", [("implicit-type", 1, 1)]),
    "number as key": ("1: x\n", [("yaml-key", 1, 1)]),
    "list as key": ("? [a]\n: x\n", [("yaml-key", 1, 3)]),
    "anchor": ("a: &x 1\n", [("yaml-alias", 1, 4)]),
    "alias": ("a: &x 1\nb: *x\n", [("yaml-alias", 1, 4), ("yaml-alias", 2, 4)]),
    "tag": ("a: !!str 1\n", [("yaml-tag", 1, 4)]),
    "merge key": ("a: {<<: {b: 1}}\n", [("yaml-merge-key", 1, 5)]),
    "directive": ("%YAML 1.2\n---\na: x\n", [("yaml-tag", 1, 1)]),
    "two documents": ("a: x\n---\nb: y\n", [("yaml-many-documents", 2, 1)]),
    "empty": ("", [("not-a-mapping", 1, 1)]),
    "only a comment": ("# nothing\n", [("not-a-mapping", 1, 1)]),
    "list at the root": ("- a\n", [("not-a-mapping", 1, 1)]),
    "text at the root": ("hello\n", [("not-a-mapping", 1, 1)]),
    "tab": ("a:\n\tb: 1\n", [("tab-indent", 2, 1)]),
    "second colon": ("a: b: c\n", [("yaml-syntax", 1, 5)]),
    "bracket never closed": ("a: 1\nb: [x\n", [("yaml-syntax", 2, 4)]),
    "quote never closed": ('a: 1\nb: "x\nc: 2\n', [("yaml-syntax", 2, 4)]),
    "conflict": ("a: 1\n<<<<<<< ours\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n", [("yaml-syntax", 2, 1)]),
    "control character": ("a: x\nb: \x07\n", [("control-character", 2, 4)]),
    "line separator": ("a: x\u2028y\nb: no\n", [("odd-line-break", 1, 5), ("implicit-type", 2, 4)]),
    "direction turned": ("a: x\u202ey\n", [("control-character", 1, 5)]),
    "carriage return alone": ("a: 1\rb: 2\r", [("odd-line-break", 1, 5), ("odd-line-break", 1, 10)]),
    "byte order mark": ("\ufeffa: 1\n", [("not-utf8", 1, 1)]),
    "latin-1": (b"a: caf\xe9\n", [("not-utf8", 1, 7)]),
    "utf-16": ("a: 1\n".encode("utf-16"), [("not-utf8", 1, 1)]),
    "too large": (b"a: " + b"x" * MAX_BYTES, [("too-large", 1, 1)]),
    "too deep": (
        "\n".join(f"{' ' * depth}a:" for depth in range(MAX_DEPTH + 1)),
        [("too-deep", MAX_DEPTH + 1, MAX_DEPTH + 1)],
    ),
    "far too deep": ("a: " + "[" * 100_000, [("too-deep", 1, 1003)]),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_each_violation_is_a_finding_at_its_place(name: str) -> None:
    text, expected = VIOLATIONS[name]
    assert faults(text) == expected


@pytest.mark.parametrize("name", [name for name in VIOLATIONS if name not in ("too large", "far too deep")])
def test_the_parser_in_python_says_the_same_rules(name: str) -> None:
    text, expected = VIOLATIONS[name]
    assert [rule for rule, _, _ in faults(text, pure=True)] == [rule for rule, _, _ in expected]


@pytest.mark.parametrize(
    "text",
    ["name: x\n" * 100_000, "name: [" + "no, " * 200_000 + "]\n", "a: &a [x]\n" + "b: [*a]\n" * 50_000],
    ids=["duplicate keys", "doubtful values", "aliases"],
)
def test_a_file_full_of_faults_is_told_no_further(text: str) -> None:
    assert len(faults(text)) == MAX_FAULTS


def test_messages_do_not_repeat_long_texts() -> None:
    for text in (f"name: {'9' * 5000}\n", f"&{'a' * 5000} b: c\n", f"{'k' * 900}: 1\n{'k' * 900}: 2\n"):
        assert all(len(fault.message) < 200 for fault in read_document(FILE, text.encode()).faults)


def test_values_are_what_people_mean() -> None:
    text = """\
text: hello
number: 42
negative: -7
zero: 0
yes_: true
no_: false
nothing:
tilde: ~
time: 2026-03-04T03:07:00+01:00
date: 2026-03-04
quoted: "0123"
single: 'no'
hash: "1234e567"
folded: >
  one
  two
literal: |
  one
  two
list: [1, a, {b: c}]
"""
    document = read_document(FILE, text.encode())
    assert document.faults == ()
    assert document.readable
    assert document.value == {
        "text": "hello",
        "number": 42,
        "negative": -7,
        "zero": 0,
        "yes_": True,
        "no_": False,
        "nothing": None,
        "tilde": None,
        "time": "2026-03-04T03:07:00+01:00",
        "date": "2026-03-04",
        "quoted": "0123",
        "single": "no",
        "hash": "1234e567",
        "folded": "one two\n",
        "literal": "one\ntwo\n",
        "list": [1, "a", {"b": "c"}],
    }


def test_the_first_of_two_values_is_kept_and_marks_stay_right() -> None:
    document = read_document(FILE, b"a: {x: 1}\na: {y: [2, 3]}\nb: 4\n")
    assert document.value == {"a": {"x": 1}, "b": 4}
    assert document.marks.mark(document.value, ("b",)) == (3, 4)
    assert not document.readable


def test_a_mapping_is_marked_at_its_key_and_a_missing_field_at_what_holds_it() -> None:
    document = read_document(FILE, b"a:\n  b:\n    c: 1\n  d: [x, y]\n")
    mark = document.marks.mark
    assert mark(document.value, ("a", "b")) == (2, 3)
    assert mark(document.value, ("a", "b", "c")) == (3, 8)
    assert mark(document.value, ("a", "b", "c"), at_key=True) == (3, 5)
    assert mark(document.value, ("a", "d", 1)) == (4, 10)
    assert mark(document.value, ("a", "b", "missing")) == (2, 3)
    assert mark(document.value, ("missing",)) == (1, 1)


def test_columns_count_characters() -> None:
    document = read_document(FILE, "é😀: {ü: x}\n".encode())
    assert document.marks.mark(document.value, ("é😀", "ü")) == (1, 9)


keys = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True).filter(
    lambda key: key not in ("y", "n", "on", "off", "yes", "no", "true", "false", "null")
)
leaves = st.from_regex(r"[a-m]{1,6} ?[a-m]{1,6}", fullmatch=True) | st.integers(-999, 999) | st.booleans()
trees = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


def flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value).lower()


@given(st.dictionaries(keys, trees, min_size=1, max_size=5))
def test_every_mark_points_at_its_key_and_value(tree: dict[str, object]) -> None:
    text = "".join(f"{key}: {flow(value)}\n" for key, value in tree.items())
    document = read_document(FILE, text.encode())
    if any(fault.rule == "implicit-type" for fault in document.faults):
        return
    assert document.value == tree
    lines = text.splitlines()

    def check(value: object, path: tuple[str | int, ...]) -> None:
        if path and isinstance(path[-1], str):
            line, column = document.marks.mark(document.value, path, at_key=True)
            assert lines[line - 1][column - 1 :].startswith(f"{path[-1]}:")
        if isinstance(value, dict):
            for key, inner in value.items():
                check(inner, (*path, key))
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                check(inner, (*path, number))
        else:
            line, column = document.marks.mark(document.value, path)
            assert lines[line - 1][column - 1 :].startswith(str(value).lower())

    check(tree, ())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    document = read_document(FILE, data)
    assert document.readable or document.faults


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@`\n\t ,?1.~", max_size=60))
def test_both_parsers_agree(text: str) -> None:
    quick, pure = read_document(FILE, text.encode()), read_document(FILE, text.encode(), pure=True)
    if quick.readable and pure.readable:
        assert quick.value == pure.value
        assert [fault.place for fault in quick.faults] == [fault.place for fault in pure.faults]


def test_what_only_the_parser_in_python_takes_is_looked_at_by_it() -> None:
    assert [rule for rule, _, _ in faults("a: !!str, x\nb: 'c'# d\n")] == ["yaml-syntax"]
    assert [rule for rule, _, _ in faults("a: !!str, x\nb: 'c'# d\n", pure=True)] == ["yaml-tag", "yaml-syntax"]
