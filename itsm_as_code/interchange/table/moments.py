"""Moments: times and days as tables write them, with the offset of a time zone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from itsm_as_code.model.times import time_text

EPOCH = "epoch"
"""The form of times that are seconds or milliseconds since 1970."""

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*([Zz]|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_MILLISECONDS = 100_000_000_000
"""A number of seconds above this lies beyond the year 5000: it is one of milliseconds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant with its offset, and what had to be guessed (empty for nothing)."""

    moment: datetime
    guessed: str = ""

    @property
    def text(self) -> str:
        """The instant as records write it: to the second, with its offset."""
        return time_text(self.moment)


@dataclass(slots=True)
class Clock:
    """Reads times of one map; what it read once it remembers."""

    zone: ZoneInfo
    forms: Sequence[str]
    """Forms beside ISO 8601, as `strptime` knows them (``%d-%m-%Y %H:%M:%S``), or ``epoch``."""
    _read: dict[str, Moment | None] = field(default_factory=dict)

    def moment(self, text: str) -> Moment | None:
        """Return the instant that the text is; None where it is none."""
        if text not in self._read:
            self._read[text] = self._moment(text)
        return self._read[text]

    def day(self, text: str) -> date | None:
        """Return the day that the text says, with or without a time; None where it is none."""
        naive = self._naive(text)
        return naive.date() if naive is not None else None

    def _moment(self, text: str) -> Moment | None:
        naive = self._naive(text)
        if naive is None:
            return None
        if naive.tzinfo is not None:
            return Moment(naive)
        whole = re.search(r"\d:\d\d", text) is not None or bool(naive.hour or naive.minute or naive.second)
        moment, guess = _placed(naive, self.zone)
        if moment is None:
            return None
        return Moment(moment, guess if whole else "has no time of day: 00:00 taken")

    def _naive(self, text: str) -> datetime | None:
        """Return the time as it stands there, with an offset only where the text has one."""
        try:
            for found in self._readings(text.strip()):
                found.astimezone(UTC)
                return found
        except (ValueError, OverflowError):
            return None
        return None

    def _readings(self, text: str) -> Iterator[datetime]:
        match = _ISO.fullmatch(text)
        if match is not None:
            year, month, day, hour, minute, second = (int(number or 0) for number in match.groups()[:6])
            found = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone follows
            yield found.replace(tzinfo=_offset(match[7])) if match[7] else found
        for form in self.forms:
            if form == EPOCH:
                if re.fullmatch(r"\d{9,13}(\.\d+)?", text, re.ASCII):
                    seconds = float(text)
                    seconds = seconds / 1000 if seconds > _MILLISECONDS else seconds
                    yield datetime.fromtimestamp(int(seconds), self.zone)
                continue
            try:
                yield datetime.strptime(text, form)  # noqa: DTZ007 - its zone follows
            except ValueError:
                continue


def _offset(text: str) -> tzinfo | None:
    """Return the zone of an offset (``+01:00``, ``+0100``) or of a word for UTC."""
    plain = "+00:00" if text[0] not in "+-" else text if ":" in text else f"{text[:3]}:{text[3:]}"
    return datetime.fromisoformat(f"2000-01-01T00:00:00{plain}").tzinfo


def _placed(naive: datetime, zone: ZoneInfo) -> tuple[datetime | None, str]:
    """Return a local time with its offset, and what was guessed where the clocks were changed."""
    first = naive.replace(tzinfo=zone)
    try:
        again = first.astimezone(UTC).astimezone(zone)
        later = first.replace(fold=1).utcoffset()
    except OverflowError:
        return None, ""
    if again.replace(tzinfo=None) != naive:
        return _fixed(again), "does not exist, since the clocks were put forward: the hour after it taken"
    guess = "happened twice, since the clocks were put back: the first one taken" if later != first.utcoffset() else ""
    return _fixed(first), guess


def _fixed(moment: datetime) -> datetime:
    """Return the moment with a plain offset, which compares and prints without the zone's history."""
    return datetime.fromisoformat(moment.isoformat())
