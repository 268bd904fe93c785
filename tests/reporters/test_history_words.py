"""Values of histories in words: what differs in long texts, and lines that a terminal can show."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from itsm_as_code.reporters.history_words import change_text, entry_text, person, value_text, when
from itsm_as_code.reporters.terminal import Look

PLAIN = Look(0, colour=False)
NARROW = Look(80, colour=False)
BERLIN = ZoneInfo("Europe/Berlin")
START = "a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("a", "b", "a → b"),
        (START, f"{START} end", "… 7 8 9 → … 7 8 9 end"),
        (f"start {START}", f"begin {START}", "start a b c … → begin a b c …"),
        (START.replace(" s ", " S "), START.replace(" s ", " T "), "… p q r S t u v … → … p q r T t u v …"),
        (START, START.replace(" ", "\n"), "only line breaks or spaces"),
        (f"{START} {START}", START, f"… 7 8 9 {START} → … 7 8 9"),
        (START, "z " * 40, f"{START} → {' '.join('z' * 40)}"),
        (1, True, "1 → true"),
        ([], ["a", "b"], "nothing → a, b"),
    ],
)
def test_of_long_texts_what_differs_is_shown(old: Any, new: Any, text: str) -> None:  # noqa: ANN401 - any YAML values
    assert change_text(old, new, PLAIN) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"code": "fixed", "cis": ["ci:a", "ci:b"], "one": ["x"]}, "code fixed, cis (ci:a, ci:b), one x"),
        ({"amount": "1.00", "currency": "EUR"}, "amount 1.00, currency EUR"),
        (None, "nothing"),
        ({}, "nothing"),
        (False, "false"),
        ("two\nlines \x1b[31m", "two lines [31m"),
    ],
)
def test_a_value_is_one_line(value: Any, text: str) -> None:  # noqa: ANN401 - any YAML value
    assert value_text(value, PLAIN) == text


def test_a_terminal_is_given_part_of_a_long_value() -> None:
    assert len(value_text("x" * 500, NARROW)) == 70
    assert value_text("x" * 500, Look(80, colour=False, everything=True)) == "x" * 500


def test_times_are_those_of_the_zone() -> None:
    assert when("2026-03-04T01:07:00Z", BERLIN) == "2026-03-04 02:07"
    assert when("9999-12-31T23:59:59Z", BERLIN) == "9999-12-31 23:59"
    assert when("soon", BERLIN) == "soon"
    assert when(None, BERLIN) == "None"


def test_an_entry_may_say_anything() -> None:
    entry = {"at": "2026-03-04T01:07:00Z", "by": "team:web", "type": "note", "text": "Slow."}
    assert entry_text(entry, PLAIN, BERLIN) == "2026-03-04 02:07  note by team:web: Slow."
    told = {**entry, "type": "communication", "audience": "public"}
    assert entry_text(told, PLAIN, BERLIN) == "2026-03-04 02:07  communication by team:web: audience public: Slow."
    assert entry_text({"at": 3, "type": ["x"]}, PLAIN, BERLIN) == "3  ['x'] by ?"


def test_a_person_is_called_by_name() -> None:
    assert person("Fay Weber <fay@example.org>") == "Fay Weber"
    assert person("<fay@example.org>") == "fay@example.org"
    assert person("Fay") == "Fay"
