"""Times and durations."""

from datetime import UTC, datetime, timedelta

import pytest

from itsm_as_code.model.times import lacks_offset, parse_date, parse_duration, parse_time


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T03:07:00+01:00",
        "2026-03-04t03:07:00z",
        "2026-03-04T03:07:00.123456789Z",
        "2024-02-29T23:59:59-12:00",
    ],
)
def test_times(text: str) -> None:
    moment = parse_time(text)
    assert moment is not None
    assert moment.utcoffset() is not None


def test_instants() -> None:
    assert parse_time("2026-03-04T03:07:00.5+01:00") == datetime(2026, 3, 4, 2, 7, 0, 500000, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04",
        "2026-03-04 03:07:00Z",
        "2026-03-04T03:07Z",
        "2026-13-04T03:07:00Z",
        "2026-02-29T03:07:00Z",
        "2026-03-04T24:00:00Z",
        "2026-03-04T03:07:60Z",
        "0000-01-01T00:00:00Z",
        "2026-03-04T03:07:00+25:00",
        "٢٠٢٦-03-04T03:07:00Z",
        "0001-01-01T00:00:00+10:00",
        "2026-03-04T03:07:00Z\n",
    ],
)
def test_no_times(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("text", "lacks"),
    [("2026-03-04T03:07:00", True), ("2026-03-04 03:07", True), ("2026-03-04T03:07:00Z", False), ("noon", False)],
)
def test_times_without_offset(text: str, *, lacks: bool) -> None:
    assert lacks_offset(text) is lacks


def test_dates() -> None:
    assert parse_date("2026-02-28") is not None
    assert parse_date("2026-02-29") is None
    assert parse_date("20260228") is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT4H", timedelta(hours=4)),
        ("P1DT12H", timedelta(hours=36)),
        ("P2W", timedelta(weeks=2)),
        ("PT90M", timedelta(minutes=90)),
        ("P", None),
        ("PT", None),
        ("P1Y", None),
        ("4h", None),
        ("PT1.5H", None),
        ("P1DT", None),
        ("PT" + "9" * 100 + "H", None),
    ],
)
def test_durations(text: str, length: timedelta | None) -> None:
    assert parse_duration(text) == length
