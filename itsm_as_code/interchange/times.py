"""Foreign times: what status pages write for an instant, read as RFC 3339 in UTC."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from itsm_as_code.model.times import time_text

_NUMERIC = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:(?:[Tt]|\s+(?:at\s+|-\s+)?)(?P<hour>\d\d?)[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>[Zz]\b|UTC\b|GMT\b|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_WORDED = re.compile(
    r"(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>[A-Z][a-z]{2})[a-z]*\.?,?\s+(?P<year>\d{4})"
    r"(?:\s*(?:,|-|at)?\s+(?P<hour>\d\d?)[:h](?P<minute>\d\d)\s*(?P<zone>UTC\b|GMT\b|Z\b)?)?",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class ForeignTime:
    """An instant as a foreign text gives it; `guessed` says what had to be assumed (empty for nothing)."""

    moment: datetime
    guessed: str = ""

    @property
    def text(self) -> str:
        """The instant as records write it: UTC, to the second."""
        return time_text(self.moment.astimezone(UTC))


def read_time(text: str) -> ForeignTime | None:
    """Return the time that the whole text is, or None.

    Forgives what Hugo forgives: one-digit hours, a space for the ``T``, no seconds, no offset (then UTC), ``-00:00``.
    """
    match = _NUMERIC.fullmatch(text.strip())
    return _moment(match) if match else None


def find_time(text: str) -> ForeignTime | None:
    """Return the first time within a heading, also in words (``11th of February 2022 - 19:00 UTC``), or None."""
    for pattern in (_NUMERIC, _WORDED):
        match = pattern.search(text)
        if match:
            return _moment(match)
    return None


def _moment(match: re.Match[str]) -> ForeignTime | None:
    parts = match.groupdict()
    month = parts.get("month") or str(_MONTHS.index(parts["name"]) + 1 if parts["name"] in _MONTHS else 0)
    guess = ""
    if parts["hour"] is None:
        guess = "no time of day: taken as 00:00 UTC"
    elif parts["zone"] is None:
        guess = "no offset: taken as UTC"
    try:
        moment = datetime(
            int(parts["year"]),
            int(month),
            int(parts["day"]),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            int(parts.get("second") or 0),
            tzinfo=_zone(parts["zone"] or "Z"),
        )
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return ForeignTime(moment, guess)


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    length = timedelta(hours=hours, minutes=minutes)
    return timezone(-length if text[0] == "-" else length)
