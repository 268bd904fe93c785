"""What is said of a text that is not of its format, and what may have been meant by it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from itsm_as_code.model.times import lacks_offset, parse_date, parse_duration, parse_time, time_text
from itsm_as_code.model.words import shortened

EXAMPLES = {
    "date-time": "a time such as 2026-03-04T03:07:00+01:00",
    "date": "a date such as 2026-03-04",
    "duration": "a duration such as PT4H, PT30M or P2D",
    "uri": "an address such as https://example.org/page",
    "email": "an e-mail address such as alice@example.org",
}
_LONGEST = 60
"""Letters of a text that is looked at for what it may mean; whoever wrote more meant something else."""
_DAY = r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)"
_DATE = re.compile(rf"{_DAY}(?:[T ].*)?", re.ASCII)
_DATE_OF_CENTRAL_EUROPE = re.compile(r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{4})", re.ASCII)
_TIME = re.compile(
    rf"{_DAY}[Tt ,]\s*(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<offset>Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?",
    re.ASCII,
)
_LENGTH = re.compile(r"(?P<number>\d{1,6})\s*(?P<unit>[A-Za-z]+)\.?", re.ASCII)
_OF_THE_CALENDAR = re.compile(r"P(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}D)?", re.ASCII)
_UNITS = {
    **dict.fromkeys(("w", "wk", "week", "weeks"), "P{}W"),
    **dict.fromkeys(("d", "day", "days"), "P{}D"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "PT{}H"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "PT{}M"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "PT{}S"),
}
_MAIL = re.compile(r"[^@\s\"<>]+@[A-Za-z0-9.-]+[A-Za-z0-9]", re.ASCII)
_HOST = re.compile(r"(?:www\.[^\s/]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})(?::\d+)?(?:/\S*)?", re.ASCII)


def format_words(name: str, text: str) -> str:
    """Return what is said of a text that is not of the format of this name."""
    meant = _meant(name, text.strip()) if len(text) <= _LONGEST else ""
    if not meant and name in ("date", "date-time") and _is_no_day(text):
        return f"{shortened(text)} is no day of the calendar; write {EXAMPLES[name]}"
    if name == "duration" and _OF_THE_CALENDAR.fullmatch(text) is not None:
        return f"{text} has months or years, which are not all of one length; write days, such as P30D"
    if not meant:
        return f"{shortened(text)} is not {EXAMPLES[name]}"
    return f"{shortened(text)} is not written as {EXAMPLES[name].partition(' such as')[0]} (did you mean {meant}?)"


def naive_words(text: str, zone: str) -> str:
    """Return what is said of a time without an offset, in an organisation of this time zone."""
    moment = datetime.fromisoformat(text.upper().partition(".")[0])
    if zone == "UTC":
        return f"{text} has no offset from UTC; write {moment.isoformat()}Z if it is UTC, or the offset, such as +01:00"
    local = moment.replace(tzinfo=ZoneInfo(zone))
    first, second = (time_text(local.replace(fold=fold)) for fold in (0, 1))
    if first != second:
        return f"{text} has no offset from UTC; in {zone} it was {first} or {second}, write which"
    return f"{text} has no offset from UTC; write {first} if it is the time in {zone}, or Z for UTC"


def is_naive(text: str) -> bool:
    """Return whether a text is a time of a day that there is, and lacks nothing but its offset."""
    if not lacks_offset(text):
        return False
    try:
        datetime.fromisoformat(text.upper().partition(".")[0])
    except ValueError:
        return False
    return True


def _meant(name: str, text: str) -> str:
    """Return the text in its format where it is plain what was meant; empty where it is not."""
    if name == "date":
        return _date(text)
    if name == "date-time":
        return _time(text)
    if name == "duration":
        match = _LENGTH.fullmatch(text)
        form = _UNITS.get(match["unit"].lower(), "") if match is not None else ""
        length = form.format(match["number"]) if match is not None else ""
        return next((each for each in (length, text.upper()) if each and parse_duration(each) is not None), "")
    if name == "email":
        found = _MAIL.findall(text)
        return str(found[0]) if len(found) == 1 and found[0] != text else ""
    return f"https://{text}" if _HOST.fullmatch(text) is not None else ""


def _date(text: str) -> str:
    match = _DATE.fullmatch(text) or _DATE_OF_CENTRAL_EUROPE.fullmatch(text)
    day = _day(match) if match is not None else ""
    return day if parse_date(day) is not None and day != text else ""


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return ""
    offset = match["offset"] or ""
    if offset.upper() in ("Z", "UTC", "GMT"):
        offset = "Z"
    elif offset and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:] or '00'}"
    time = f"{_day(match)}T{match['hour'].zfill(2)}:{match['minute']}:{match['second'] or '00'}{offset}"
    return time if parse_time(time) is not None and time != text else ""


def _day(match: re.Match[str]) -> str:
    return f"{match['year']}-{match['month'].zfill(2)}-{match['day'].zfill(2)}"


def _is_no_day(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d(?!\d)", text, re.ASCII) is not None and parse_date(text[:10]) is None
