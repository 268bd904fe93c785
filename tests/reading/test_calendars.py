"""Calendars of `itsm.yaml`: shipped, added, replaced, and what is refused with its place."""

from datetime import UTC, date, datetime

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.reading.config import load_config

OWN = b"""\
format: 1
time_zone: Europe/Zurich
calendars:
  shop-hours:
    hours:
      - {days: [mon, tue], start: "13:30", end: "17:00"}
      - {days: [tue, mon], start: "08:00", end: "12:00"}
      - {days: [sat], start: "22:00", end: "24:00"}
    holidays: [{date: 2026-08-01, name: National Day}]
  new-york:
    time_zone: America/New_York
    hours: [{days: [wed], start: "09:00", end: "10:00"}]
  business-hours:
    hours: [{days: [fri], start: "07:00", end: "08:00"}]
"""


def test_what_ships() -> None:
    calendars = load_config(b"format: 1\ntime_zone: Asia/Tokyo\n").calendars
    assert set(calendars) == {"always", "business-hours"}
    assert calendars["always"].covers(datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))
    assert calendars["business-hours"].covers(datetime(2026, 3, 4, 0, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC))


def test_own_calendars_are_added_and_replace() -> None:
    calendars = load_config(OWN).calendars
    assert set(calendars) == {"always", "business-hours", "shop-hours", "new-york"}
    shop = calendars["shop-hours"]
    assert shop.time_zone == "Europe/Zurich"
    assert shop.hours == {0: ((480, 720), (810, 1020)), 1: ((480, 720), (810, 1020)), 5: ((1320, 1440),)}
    assert shop.holidays == {date(2026, 8, 1): "National Day"}
    assert shop.spans(date(2026, 8, 1)) == ()
    assert calendars["new-york"].time_zone == "America/New_York"
    assert calendars["business-hours"].hours == {4: ((420, 480),)}


def calendar(body: str) -> bytes:
    return f"format: 1\ncalendars:\n  shop:\n{body}".encode()


BAD = {
    "no hours": (calendar("    holidays: []\n"), "itsm.yaml:3:3: hours is missing"),
    "empty hours": (calendar("    hours: []\n"), "itsm.yaml:4:5: hours is empty; add at least 1 item"),
    "unknown zone": (
        calendar('    time_zone: Europe/Zurch\n    hours: [{days: [mon], start: "09:00", end: "10:00"}]\n'),
        "itsm.yaml:4:16: Europe/Zurch is no time zone (did you mean Europe/Zurich?)",
    ),
    "over midnight": (
        calendar('    hours: [{days: [mon], start: "22:00", end: "06:00"}]\n'),
        "itsm.yaml:4:48: hours end at 06:00 and begin at 22:00; write those over midnight as two",
    ),
    "no length": (
        calendar('    hours: [{days: [mon], start: "09:00", end: "09:00"}]\n'),
        "itsm.yaml:4:48: hours end at 09:00 and begin at 09:00",
    ),
    "overlap": (
        calendar(
            "    hours:\n"
            '      - {days: [mon, tue], start: "09:00", end: "12:00"}\n'
            '      - {days: [tue, wed], start: "11:00", end: "13:00"}\n'
        ),
        "itsm.yaml:4:5: hours of tue overlap",
    ),
    "unknown day": (
        calendar('    hours: [{days: [mo], start: "09:00", end: "10:00"}]\n'),
        "itsm.yaml:4:21: mo is not one of mon, tue, wed, thu, fri, sat, sun (did you mean mon?)",
    ),
    "hour 25": (
        calendar('    hours: [{days: [mon], start: "09:00", end: "25:00"}]\n'),
        (
            "itsm.yaml:4:48: 25:00 is not in the right form; "
            'write the time of day as hours and minutes, in quotes: "09:00"'
        ),
    ),
    "no such day": (
        calendar(
            '    hours: [{days: [mon], start: "09:00", end: "10:00"}]\n    holidays: [{date: 2026-02-30, name: X}]\n'
        ),
        "itsm.yaml:5:23: 2026-02-30 is no day of the calendar; write a date such as 2026-03-04",
    ),
    "same holiday": (
        calendar(
            '    hours: [{days: [mon], start: "09:00", end: "10:00"}]\n'
            "    holidays: [{date: 2026-02-03, name: Open day}, {date: 2026-02-03, name: Audit}]\n"
        ),
        "itsm.yaml:5:59: 2026-02-03 is a holiday already: Open day",
    ),
    "name with a space": (b"format: 1\ncalendars: {Shop hours: {hours: []}}\n", "itsm.yaml:2:13: "),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_one_line_with_its_place(name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(ItsmError) as raised:
        load_config(data)
    assert str(raised.value).startswith(words)
    assert "\n" not in str(raised.value)


def test_a_wrong_calendar_hides_no_other_one() -> None:
    bad = '{hours: [{days: [mon], start: "10:00", end: "09:00"}]}'
    with pytest.raises(ItsmError, match=r"\(and 1 more\)"):
        load_config(f"format: 1\ncalendars:\n  one: {bad}\n  two: {bad}\n".encode())


def test_hours_that_touch_do_not_overlap() -> None:
    data = calendar(
        '    hours: [{days: [mon], start: "09:00", end: "12:00"}, {days: [mon], start: "12:00", end: "13:00"}]\n'
    )
    assert load_config(data).calendars["shop"].hours == {0: ((540, 720), (720, 780))}
