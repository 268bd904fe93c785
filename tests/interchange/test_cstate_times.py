"""Foreign times are read as Hugo reads them, and what is assumed is said."""

import pytest

from itsm_as_code.interchange.times import find_time, read_time


@pytest.mark.parametrize(
    ("text", "time", "guessed"),
    [
        ("2022-04-20T16:45:00-00:00", "2022-04-20T16:45:00Z", ""),
        ("2022-04-20T9:45:00-00:00", "2022-04-20T09:45:00Z", ""),
        ("2023-02-03T16:00:00-05:00", "2023-02-03T21:00:00Z", ""),
        ("2022-04-20T16:45:00+0200", "2022-04-20T14:45:00Z", ""),
        ("2024-12-27T09:43:40.482Z", "2024-12-27T09:43:40Z", ""),
        ("2020-12-07 13:00:00", "2020-12-07T13:00:00Z", "no offset: taken as UTC"),
        ("2020-12-07T13:00", "2020-12-07T13:00:00Z", "no offset: taken as UTC"),
        ("2020-12-07", "2020-12-07T00:00:00Z", "no time of day: taken as 00:00 UTC"),
    ],
)
def test_times(text: str, time: str, guessed: str) -> None:
    found = read_time(text)
    assert found is not None
    assert (found.text, found.guessed) == (time, guessed)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2022-13-01", "2022-02-30T10:00:00Z", "2022-02-03T25:00:00Z", "1-1-1", "0001-01-01T00:00:00+14:00"],
)
def test_no_times(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Update - 2023-03-29 15h50 UTC", "2023-03-29T15:50:00Z"),
        ("Update 11th of February 2022 - 19:00 UTC", "2022-02-11T19:00:00Z"),
        ("Update on 3 Mar 2022", "2022-03-03T00:00:00Z"),
        ("Initial Message at 2021-06-08 09:35 UTC", "2021-06-08T09:35:00Z"),
    ],
)
def test_times_within_headings(text: str, time: str) -> None:
    found = find_time(text)
    assert found is not None
    assert found.text == time


@pytest.mark.parametrize("text", ["Monday 25th", "Update 2", "11th of Nonsense 2022", ""])
def test_headings_without_times(text: str) -> None:
    assert find_time(text) is None
