"""Splices: where new fields stand, which lists keep their items' text, and what is refused."""

from collections.abc import Sequence
from typing import Any

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.nodes import Node, read_nodes
from itsm_as_code.writing.edits import Splice
from itsm_as_code.writing.splice import Append, Drop, Put, splice

ORDER = ("title", "state", "impact", "urgency", "links", "timeline")


def spliced(text: str, *edits: Splice, order: Sequence[str] = ORDER) -> str:
    return splice(text.encode(), edits, order).decode()


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("title: x\nurgency: low\n", "state", "title: x\nstate: new\nurgency: low\n"),
        ("urgency: low\ntitle: x # t\n# end\n", "state", "urgency: low\ntitle: x # t\nstate: new\n# end\n"),
        ("# top\nurgency: low\n", "state", "# top\nstate: new\nurgency: low\n"),
        ("other: 1\nurgency: low\n", "state", "other: 1\nstate: new\nurgency: low\n"),
        ("title: x\ntimeline: []\n", "unknown", "title: x\nunknown: new\ntimeline: []\n"),
        ("timeline: []\n", "unknown", "unknown: new\ntimeline: []\n"),
        ("timeline: []\nmore: 1\n", "unknown", "timeline: []\nmore: 1\nunknown: new\n"),
        ("title: x\ntimeline: []\n", "links", "title: x\nlinks: new\ntimeline: []\n"),
        ("title: x\nstate:\n  # none\n\n# about urgency\nurgency: low\n", "impact", None),
    ],
)
def test_where_a_new_field_stands(before: str, name: str, after: str | None) -> None:
    after = after or "title: x\nstate:\n  # none\nimpact: new\n\n# about urgency\nurgency: low\n"
    assert spliced(before, Put((name,), "new")) == after


def test_fields_below_the_top_stand_at_the_end_of_their_mapping() -> None:
    text = "a:\n  urgency: low # u\n  # - also: this\n# b\nb: 1\n"
    assert spliced(text, Put(("a", "title"), "x")) == text.replace("this\n", "this\n  title: x\n")
    assert spliced("b: 1\n", Put(("a", "c", "d"), "x")) == "b: 1\na:\n  c:\n    d: x\n"


LIST = "l:\n  # first\n  - a # A\n  - {b: 1} # B\n  - c # C\n"


@pytest.mark.parametrize(
    ("value", "after"),
    [
        (["a", {"b": 1}, "c"], LIST),
        (["a", {"b": 1}, "c", "d"], LIST + "  - d\n"),
        (["a", "c"], "l:\n  # first\n  - a # A\n  - c # C\n"),
        (["c"], "l:\n  # first\n  - c # C\n"),
        (["z", "a", "x", {"b": 1}, "w", "v", "c"], None),
        ([{"b": 1}, "a"], "l:\n  # first\n  - b: 1\n  - a\n"),
        (["a", {"b": 2}, "c"], "l:\n  # first\n  - a # A\n  - {b: 2} # B\n  - c # C\n"),
        (["a", "d", "e", "c"], "l:\n  # first\n  - a # A\n  - d\n  - e\n  - c # C\n"),
        (["x", "y"], "l:\n  # first\n  - x\n  - z\n".replace("z", '"y"')),
        ([], "l: []\n  # first\n"),
        ({"a": 1}, "l:\n  # first\n  a: 1\n"),
        ("text", "l: text\n  # first\n"),
        ("two\nlines\n", 'l: "two\\nlines\\n"\n  # first\n'),
    ],
)
def test_items_of_a_list_that_stay_keep_their_text(value: object, after: str | None) -> None:
    after = after or "l:\n  # first\n  - z\n  - a # A\n  - x\n  - {b: 1} # B\n  - w\n  - v\n  - c # C\n"
    assert spliced(LIST, Put(("l",), value)) == after


def test_fields_of_a_mapping_that_stay_keep_their_text() -> None:
    text = "a:\n  # one\n  b: 'x' # B\n  c: 1 # C\n"
    assert spliced(text, Put(("a",), {"c": 1, "b": "y"})) == text.replace("x", "y")
    assert spliced(text, Put(("a",), {"c": 1, "d": 2})) == "a:\n  # one\n  c: 1 # C\n  d: 2\n"
    assert spliced(text, Put((), {"a": {"b": "x", "c": 2}, "d": 3})) == text.replace("1", "2") + "d: 3\n"


def test_an_entry_stands_on_one_line_unless_its_text_has_several() -> None:
    entry = {"text": "one\ntwo\n", "by": "person:ana", "done": [1, "a b"]}
    assert spliced("title: x\n", Append(("timeline",), entry | {"text": "one"})) == (
        'title: x\ntimeline:\n  - {text: one, by: person:ana, done: [1, "a b"]}\n'
    )
    assert spliced("title: x\n", Append(("timeline",), entry)) == (
        "title: x\ntimeline:\n  - by: person:ana\n    done:\n      - 1\n      - a b\n"
        "    text: |\n      one\n      two\n"
    )
    assert spliced("l:\n  - a\n", Append(("l",), {"b": 1, "c": 2}, one_line=False)) == (
        "l:\n  - a\n  - b: 1\n    c: 2\n"
    )


def test_what_is_left_empty_goes_with_its_field() -> None:
    assert spliced("a:\n  b:\n    - c\nd: 1\n", Drop(("a", "b", 0))) == "d: 1\n"
    assert spliced("a: [{b: 1}, c]\n", Drop(("a", 0, "b"))) == "a: [{}, c]\n"
    assert spliced("a:\n  - b: 1\n  - c\n", Drop(("a", 0, "b"))) == "a:\n  - {}\n  - c\n"


def test_what_is_not_there_need_not_be_dropped() -> None:
    text = "a: # x\nb: [1]\n"
    assert spliced(text, Drop(("c",)), Drop(("c", "d", 0)), Drop(("a", "b")), Drop(("b", 1))) == text


def test_comments_further_in_go_with_what_is_dropped() -> None:
    text = "a: 1\nb:\n  - x\n  # - y\n\n  # apart\n# about c\nc: 1\n"
    assert spliced(text, Drop(("b",))) == "a: 1\n\n  # apart\n# about c\nc: 1\n"


def test_a_text_that_should_be_in_quotes_gets_them() -> None:
    text = "a: no # why\nb: [0x1f, 'no', x]\n"
    assert spliced(text, Put(("a",), "no"), Put(("b",), ["0x1f", "no", "x"])) == text.replace(" no", ' "no"')
    assert spliced(text, Put(("b", 0), "0x1f"), Put(("a",), "no")) == 'a: "no" # why\nb: ["0x1f", \'no\', x]\n'


def test_edits_are_made_one_after_the_other() -> None:
    text = "a: 1\nl: []\n"
    edits: list[Splice] = [
        Append(("l",), "x"),
        Append(("l",), "y z"),
        Put(("l", 0), "w"),
        Drop(("a",)),
        Append(("l",), ["v"]),
    ]
    assert spliced(text, *edits) == 'l: [w, "y z", [v]]\n'
    value: dict[str, Any] = {"b": []}
    assert spliced(text, Put(("c",), value), Append(("c", "b"), 1)) == text + "c:\n  b: [1]\n"
    assert value == {"b": []}


@pytest.mark.parametrize(
    ("text", "edit", "words"),
    [
        ("a: [\n", Put(("a",), 1), "the record cannot be read, and so not edited: line 1: "),
        ("a: 1\na: 2\n", Put(("a",), 1), "line 2: a is given twice (first at line 1); keep one"),
        ("b: no\na: &x 1\n", Put(("a",), 1), "line 2: anchor &x: "),
        ("\ufeffa: 1\n", Put(("a",), 1), "line 1: the file begins with a byte order mark"),
        ("- a\n", Put(("a",), 1), "the file holds a list"),
        ("", Put(("a",), 1), "the file is empty"),
        ("a: x\n", Put(("a", "b"), 1), "a is no mapping of fields"),
        ("a: x\n", Put(("a", 0), 1), "a is no list"),
        ("a: [x]\n", Put(("a", 1), 1), "a has no item [1]"),
        ("a: [x]\n", Put(("a", "b"), 1), "a is no mapping of fields"),
        ("a: [x]\n", Drop(("a", "b")), "a is no mapping of fields"),
        ("a: {b: 1}\n", Append(("a",), 1), "a is no list"),
        ("a: x\n", Put(("b", 0, "c"), 1), "b has no item [0]"),
        ("a: x\n", Append((), 1), "the record is no list"),
        ("a: x\n", Drop(("a",)), "nothing would be left of the record"),
        ("a: x\n", Put((), {}), "nothing would be left of the record"),
        ("? a\n", Put(("a",), 1), "a cannot be edited safely; edit it by hand"),
        ("a: x\n", Put(("a",), 10**15), "a cannot be edited safely; edit it by hand"),
        ("a: x\n", Put(("a",), "\udc80"), "a cannot be edited safely; edit it by hand"),
        ("a: x\n", Put(("a",), "x" * 1024 * 1024), "a cannot be edited safely; edit it by hand"),
        ("a: x\n", Put(("a",), {1: 2}), "a cannot be edited safely; edit it by hand"),
        ("l: [" + "no, " * 100 + "z]\n", Put(("a",), 1), "the record has more than 99 faults; repair some first"),
    ],
)
def test_what_is_refused(text: str, edit: Splice, words: str) -> None:
    with pytest.raises(ItsmError) as error:
        spliced(text, edit)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_what_no_record_can_hold() -> None:
    with pytest.raises(TypeError, match="float"):
        spliced("a: x\n", Put(("a",), 1.5))


def test_faults_elsewhere_are_no_reason_to_refuse() -> None:
    assert spliced("a: no\nb: 1\n", Put(("b",), 2)) == "a: no\nb: 2\n"


def test_thousands_of_edits_read_the_text_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []

    def counted(text: str) -> Node | None:
        reads.append(text)
        return read_nodes(text)

    monkeypatch.setattr("itsm_as_code.writing.splice.read_nodes", counted)
    text = "l:\n" + "".join(f"  - {{a: {number}, b: c}} # x\n" for number in range(2000))
    spliced(text, *(Put(("l", number, "b"), "d") for number in range(2000)))
    spliced(text, *(Append(("l",), number) for number in range(2000)))
    kept = [{"a": number, "b": "c"} for number in range(0, 2000, 3)]
    shorter = spliced(text, Put(("l",), kept))
    spliced(shorter, Put(("l",), [{"a": number, "b": "c"} for number in range(2000)]))
    assert len(reads) <= 8
