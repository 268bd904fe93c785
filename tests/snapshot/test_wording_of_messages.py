"""Phrases that messages share."""

import pytest

from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.wording import alternatives, suggestion


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")],
)
def test_alternatives(words: list[str], expected: str) -> None:
    assert alternatives(words) == expected


def test_suggestion_is_empty_where_nothing_is_near() -> None:
    assert suggestion([]) == ""
    assert suggestion(["ci:a", "ci:b"]) == " (did you mean ci:a or ci:b?)"


@pytest.mark.parametrize(
    ("noun", "expected"), [("incident", "an incident"), ("service", "a service"), ("asset", "an asset")]
)
def test_article(noun: str, expected: str) -> None:
    assert with_article(noun) == expected
