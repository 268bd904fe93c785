"""Times as people give them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.model.moments import EXAMPLES, parse_moment
from itsm_as_code.model.times import time_text

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("now", "2026-03-10T09:30:00+01:00"),
        ("Now", "2026-03-10T09:30:00+01:00"),
        ("10m ago", "2026-03-10T09:20:00+01:00"),
        ("10 min ago", "2026-03-10T09:20:00+01:00"),
        ("1 minute ago", "2026-03-10T09:29:00+01:00"),
        ("30s ago", "2026-03-10T09:29:30+01:00"),
        ("30 seconds ago", "2026-03-10T09:29:30+01:00"),
        ("2h ago", "2026-03-10T07:30:00+01:00"),
        ("2  hours  ago", "2026-03-10T07:30:00+01:00"),
        ("2 days ago", "2026-03-08T09:30:00+01:00"),
        ("1 week ago", "2026-03-03T09:30:00+01:00"),
        ("09:00", "2026-03-10T09:00:00+01:00"),
        ("9:05", "2026-03-10T09:05:00+01:00"),
        ("today", "2026-03-10T00:00:00+01:00"),
        ("today 23:59", "2026-03-10T23:59:00+01:00"),
        ("yesterday", "2026-03-09T00:00:00+01:00"),
        ("yesterday 14:00", "2026-03-09T14:00:00+01:00"),
        ("2026-03-04", "2026-03-04T00:00:00+01:00"),
        ("2026-07-04 09:00", "2026-07-04T09:00:00+02:00"),
        ("2026-07-04T09:00", "2026-07-04T09:00:00+02:00"),
        ("2026-07-04 09:00:07", "2026-07-04T09:00:07+02:00"),
        ("2026-03-04T09:00:00+05:30", "2026-03-04T09:00:00+05:30"),
        ("2026-03-04T09:00:00Z", "2026-03-04T09:00:00Z"),
        # Clocks go forward from 02:00 to 03:00, and back from 03:00 to 02:00.
        ("2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_what_people_mean(said: str, meant: str) -> None:
    moment = parse_moment(said, NOW, BERLIN)
    assert moment is not None
    assert time_text(moment) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "tomorrow",
        "ago",
        "m ago",
        "10 ago",
        "10 parsecs ago",
        "-1h ago",
        "1000000 d ago",
        "999999 weeks ago",
        "25:00",
        "09:60",
        "9",
        "2026-02-30",
        "2026-13-01 09:00",
        "2026-03-0409:00",
        "0001-01-01",
        "2026-03-04 09:00 CET",
        "\u0660\u0669:\u0660\u0660",
    ],
)
def test_what_is_no_time(said: str) -> None:
    assert parse_moment(said, NOW, BERLIN) is None


def test_a_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    assert parse_moment("09:00", late, BERLIN) == datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN)
    assert parse_moment("09:00", late, UTC) == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def test_the_hint_names_what_is_understood() -> None:
    for example in EXAMPLES.replace(" or", "").split(", "):
        assert parse_moment(example, NOW, BERLIN) is not None, example


@given(st.text(max_size=30))
def test_no_text_is_too_odd(text: str) -> None:
    moment = parse_moment(text, NOW, BERLIN)
    assert moment is None or moment.tzinfo is not None
