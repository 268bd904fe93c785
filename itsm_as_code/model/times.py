"""Times, dates and durations as the records write them."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|([+-])(\d\d):(\d\d))?",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?",
    re.ASCII,
)


@cache  # without a limit: a dozen rules ask in turn for every time there is, and would push each other's out
def parse_time(text: str) -> datetime | None:
    """Return the instant of an RFC 3339 time with an offset, or None if it is not one.

    Leap seconds (``:60``) are refused, as Python has no place for them. Fractions are kept to microseconds.
    """
    match = _TIME.fullmatch(text)
    if match is None or match[8] is None:
        return None
    try:
        moment = datetime.fromisoformat(text.upper() if match[7] is None else _microseconds(match, text))
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment


def _microseconds(match: re.Match[str], text: str) -> str:
    start, end = match.span(7)
    return (text[:start] + match[7][:7].ljust(7, "0") + text[end:]).upper()


def time_text(moment: datetime) -> str:
    """Return an instant (aware) as records write it: to the second, with its own offset, ``Z`` for none."""
    text = moment.replace(microsecond=0).isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def lacks_offset(text: str) -> bool:
    """Return whether the text is a time that says no offset (with ``T`` or a space, seconds or not)."""
    return re.fullmatch(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?", text, re.ASCII) is not None


def parse_date(text: str) -> date | None:
    """Return the day of an RFC 3339 full-date (``2026-03-04``), or None if it is not one."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_duration(text: str) -> timedelta | None:
    """Return the length of an ISO 8601 duration of weeks, days, hours, minutes and seconds.

    Years and months have no fixed length and are refused, as are fractions.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
