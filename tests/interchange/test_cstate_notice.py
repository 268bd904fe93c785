"""What a page leaves open is decided, and told as a guess."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from itsm_as_code.interchange.foreign_ids import foreign_id
from itsm_as_code.interchange.front_matter import Page, UnreadableError, read_bytes
from itsm_as_code.interchange.notice import Notice, read_notice

HEAD = {
    "title": "API down",
    "date": "2024-05-01T10:00:00Z",
    "resolved": "true",
    "resolvedWhen": "2024-05-01T12:00:00Z",
    "severity": "down",
    "affected": ["API"],
}


def notice(body: str = "", /, **changed: object) -> Notice:
    settings = {name: value for name, value in {**HEAD, **changed}.items() if value is not None}
    return read_notice("content/issues/2024-05-01-api.md", Page(settings, body))


def test_a_complete_page_leaves_nothing_to_guess() -> None:
    assert notice().guesses == ()


@pytest.mark.parametrize(
    ("changed", "guess"),
    [
        ({"title": None}, "no title: the file's name taken"),
        ({"date": None}, "no date: the file name's taken"),
        ({"date": "2024-05-01 9:00:00"}, "date '2024-05-01 9:00:00': no offset: taken as UTC"),
        ({"resolvedWhen": None}, "no time of resolution: the start taken"),
        ({"severity": None}, "no severity: disrupted taken"),
        ({"severity": "bad"}, "severity 'bad' is not known: taken as disrupted"),
        ({"affected": None}, "no system is affected: none taken"),
        ({"affected": ["API", {"a": "b"}]}, "a system is named twice, or by something that is not text: left out"),
        (
            {"title": "Maintenance of the API"},
            "the title speaks of maintenance, severity down of an incident: imported as an incident",
        ),
    ],
)
def test_one_thing_open_is_one_guess(changed: dict[str, object], guess: str) -> None:
    assert notice(**changed).guesses == (guess,)


def test_a_resolution_without_a_time_is_that_of_the_last_message() -> None:
    found = notice("[Final message - 2024-05-01 11:30 UTC]\nDone.\n", resolvedWhen="later")
    assert found.ended is not None
    assert found.ended.text == "2024-05-01T11:30:00Z"
    assert found.guesses == (
        "resolvedWhen 'later' cannot be read",
        "no time of resolution: the last message taken",
    )


def test_one_system_may_stand_without_a_list() -> None:
    assert notice(affected="API").affected == ("API",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("API, Web shop", ("API", "Web shop")),
        ("API,Web shop ,", ("API", "Web shop")),
        ("Web shop,", ("Web shop",)),
    ],
)
def test_several_systems_in_one_text_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    found = notice(affected=text)
    assert found.affected == names
    assert found.guesses == (f"affected {text!r} is one text: split at its commas",)


@pytest.mark.parametrize("text", ["", " , "])
def test_a_text_without_a_name_affects_nothing(text: str) -> None:
    found = notice(affected=text)
    assert found.affected == ()
    assert found.guesses[-1] == "no system is affected: none taken"


def test_a_comma_in_a_list_is_part_of_a_name() -> None:
    found = notice(affected=["Search, beta", "API"])
    assert found.affected == ("Search, beta", "API")
    assert found.guesses == ()


def test_the_keys_of_hugo_know_no_case() -> None:
    assert notice(title=None, Title="Shouted").title == "Shouted"


def test_an_id_that_is_taken_gives_way_to_the_next_of_the_same_name() -> None:
    day = datetime(2024, 5, 1, tzinfo=UTC)
    first = foreign_id("INC", day, "a.md", ())
    second = foreign_id("INC", day, "a.md", {first})
    assert second != first
    assert second == foreign_id("INC", day, "a.md", {first, "INC-20240501-zzzz"})


def test_what_is_no_regular_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(UnreadableError, match="no regular file"):
        read_bytes(tmp_path / "pipe.md")
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_bytes(tmp_path / "missing.md")
