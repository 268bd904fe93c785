"""Calendars: which moments are in their hours, over midnight, holidays and the nights when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from itsm_as_code.model.calendar import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
WORKDAYS = dict.fromkeys(range(5), ((9 * 60, 12 * 60), (13 * 60, 17 * 60)))
OFFICE = Calendar("Europe/Berlin", WORKDAYS, {date(2026, 12, 25): "Christmas Day"})
ALWAYS = Calendar("Europe/Berlin", dict.fromkeys(range(7), ((0, 24 * 60),)), {})
NIGHTS = Calendar("Europe/Berlin", dict.fromkeys(range(7), ((0, 6 * 60), (22 * 60, 24 * 60))), {})


def at(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("start", "end", "covered"),
    [
        ("2026-03-04T09:00", "2026-03-04T12:00", True),
        ("2026-03-04T08:59", "2026-03-04T10:00", False),
        ("2026-03-04T11:00", "2026-03-04T12:01", False),
        ("2026-03-04T11:00", "2026-03-04T14:00", False),
        ("2026-03-04T12:30", "2026-03-04T12:45", False),
        ("2026-03-07T10:00", "2026-03-07T11:00", False),
        ("2026-12-25T10:00", "2026-12-25T11:00", False),
        ("2026-12-24T10:00", "2026-12-24T11:00", True),
        ("2026-03-04T17:00", "2026-03-04T17:00", True),
        ("2026-03-04T11:00", "2026-03-05T11:00", False),
        ("2026-03-04T11:00", "2026-03-04T10:00", False),
    ],
)
def test_office_hours(start: str, end: str, *, covered: bool) -> None:
    assert OFFICE.covers(at(start), at(end)) is covered


def test_hours_are_those_of_the_calendar_s_zone() -> None:
    assert OFFICE.covers(datetime(2026, 3, 4, 8, tzinfo=UTC), datetime(2026, 3, 4, 11, tzinfo=UTC))
    assert not OFFICE.covers(datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 3, 4, 12, tzinfo=UTC))
    assert OFFICE.covers(datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 7, 1, 10, tzinfo=UTC))


def test_midnight_is_no_gap() -> None:
    assert NIGHTS.covers(at("2026-03-04T22:00"), at("2026-03-05T06:00"))
    assert NIGHTS.covers(at("2026-03-04T23:00"), at("2026-03-05T00:00"))
    assert not NIGHTS.covers(at("2026-03-04T23:00"), at("2026-03-05T06:01"))
    assert ALWAYS.covers(at("2026-03-04T23:00"), at("2026-04-30T06:01"))


def test_spans_that_touch_are_one() -> None:
    touching = Calendar("UTC", {2: ((0, 600), (600, 1440)), 3: ((0, 60),)}, {})
    assert touching.covers(datetime(2026, 3, 4, 9, tzinfo=UTC), datetime(2026, 3, 5, 1, tzinfo=UTC))


def test_a_holiday_ends_a_span_at_midnight() -> None:
    nights = Calendar("Europe/Berlin", NIGHTS.hours, {date(2026, 3, 5): "Audit"})
    assert nights.covers(at("2026-03-04T23:00"), at("2026-03-05T00:00"))
    assert not nights.covers(at("2026-03-04T23:00"), at("2026-03-05T00:01"))
    assert nights.spans(date(2026, 3, 5)) == ()


def test_the_night_when_clocks_go_forward() -> None:
    early = Calendar("Europe/Berlin", {6: ((60, 180),)}, {})
    # 29 March: 02:00 becomes 03:00, so 01:00 to 03:00 is one hour long.
    assert list(early.intervals(date(2026, 3, 29))) == [
        (datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC))
    ]
    assert early.covers(datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC))
    assert not early.covers(datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 1, tzinfo=UTC))


def test_the_night_when_clocks_go_back() -> None:
    early = Calendar("Europe/Berlin", {6: ((60, 180),)}, {})
    # 25 October: 03:00 becomes 02:00, so 01:00 to 03:00 is three hours long.
    first, last = datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC)
    assert list(early.intervals(date(2026, 10, 25))) == [(first, last)]
    assert early.covers(first, last)
    assert early.covers(at("2026-10-25T02:50"), at("2026-10-25T02:10", fold=1))
    late = Calendar("Europe/Berlin", {6: ((180, 300),)}, {})
    assert not late.covers(at("2026-10-25T02:50"), at("2026-10-25T02:10", fold=1))


def test_what_is_longer_than_a_year_is_in_always_only() -> None:
    start = at("2026-01-01T00:00")
    assert ALWAYS.covers(start, start + timedelta(days=4000))
    assert not NIGHTS.covers(start, start + timedelta(days=4000))
    closed = Calendar("UTC", ALWAYS.hours, {date(2026, 12, 25): "Christmas Day"})
    assert not closed.covers(start, start + timedelta(days=400))


def test_the_ends_of_the_calendar_are_no_crash() -> None:
    first = datetime(1, 1, 1, tzinfo=UTC)
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    west = Calendar("America/Los_Angeles", ALWAYS.hours, {})
    assert not west.covers(first, first + timedelta(hours=1))
    assert not ALWAYS.covers(last - timedelta(hours=1), last)
