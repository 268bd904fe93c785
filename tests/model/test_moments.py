"""Times as people give them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.model.moments import EXAMPLES, NoMomentError, parse_moment
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
        ("1h30m ago", "2026-03-10T08:00:00+01:00"),
        ("1 day, 2 hours ago", "2026-03-09T07:30:00+01:00"),
        ("in 2 weeks", "2026-03-24T09:30:00+01:00"),
        # A day is 24 hours: the clocks went forward on the 29th.
        ("in 20 days", "2026-03-30T10:30:00+02:00"),
        ("2026-03-04 09:00 +05:30", "2026-03-04T09:00:00+05:30"),
        ("2026-03-04 09:00Z", "2026-03-04T09:00:00Z"),
        ("2026-10-25 02:30+01:00", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_what_people_mean(said: str, meant: str) -> None:
    assert time_text(parse_moment(said, NOW, BERLIN)) == meant


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
        "2026-03-04 09:00 +25:00",
        "2026-03-04+01:00",
        "+01:00",
        "3 months ago",
        "in",
        "\u0660\u0669:\u0660\u0660",
    ],
)
def test_what_is_no_time(said: str) -> None:
    with pytest.raises(NoMomentError) as refused:
        parse_moment(said, NOW, BERLIN)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        (
            "2026-03-29 02:30",
            "2026-03-29 02:30 does not exist in Europe/Berlin: the clocks went forward then",
            "was it 01:30 or 03:30?",
        ),
        (
            "2026-10-25 02:30",
            "2026-10-25 02:30 came twice in Europe/Berlin: the clocks went back then",
            "write 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00",
        ),
        ("10m", "10m is not a time", 'write "10m ago"'),
        ("-10 m", "-10 m is not a time", 'write "10 m ago"'),
        ("2 months ago", "2 months ago: months is no unit", "units are s, m, h, d and w"),
        ("2026-02-30", "2026-02-30 is no day of the calendar", "write year, month and day, e.g. 2026-03-04"),
        ("24:00", "24:00: no clock shows such a time", "write it from 00:00 to 23:59"),
        ("", "an empty text is not a time", f"write {EXAMPLES}"),
        ("999999 weeks ago", "999999 weeks ago is further away than calendars reach", None),
        ("x" * 100, f"{'x' * 59}… is not a time", None),
    ],
)
def test_why_it_is_none(said: str, message: str, hint: str | None) -> None:
    with pytest.raises(NoMomentError) as refused:
        parse_moment(said, NOW, BERLIN)
    assert refused.value.message == message
    assert hint is None or refused.value.hint == hint


def test_the_first_moment_of_a_day_that_has_no_midnight() -> None:
    moment = parse_moment("2024-03-31", NOW, ZoneInfo("Asia/Beirut"))
    assert time_text(moment) == "2024-03-31T01:00:00+03:00"


def test_a_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    assert parse_moment("09:00", late, BERLIN) == datetime(2026, 3, 10, 9, 0, tzinfo=BERLIN)
    assert parse_moment("09:00", late, UTC) == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def test_the_hint_names_what_is_understood() -> None:
    for example in EXAMPLES.replace(" or", "").split(", "):
        assert parse_moment(example, NOW, BERLIN).tzinfo is not None, example


@given(st.text(max_size=30))
def test_no_text_is_too_odd(text: str) -> None:
    try:
        said = time_text(parse_moment(text, NOW, BERLIN))
    except NoMomentError as refused:
        said = refused.message
    assert said
    assert said.isprintable()


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2037, 1, 1)))  # noqa: DTZ001 - a wall clock's
def test_a_wall_clocks_time_is_that_of_the_zone_or_refused(naive: datetime) -> None:
    said = f"{naive:%Y-%m-%d %H:%M:%S}"
    try:
        moment = parse_moment(said, NOW, BERLIN)
    except NoMomentError:
        first, second = (naive.replace(tzinfo=BERLIN, fold=fold).utcoffset() for fold in (0, 1))
        assert first != second
    else:
        assert moment.astimezone(BERLIN).replace(tzinfo=None) == naive.replace(microsecond=0)
