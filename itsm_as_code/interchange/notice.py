"""Notices: what one page of a cState site says, with everything it leaves open decided and told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from itsm_as_code.interchange.front_matter import Page, UnreadableError
from itsm_as_code.interchange.messages import Body, read_body
from itsm_as_code.interchange.pages import name_of
from itsm_as_code.interchange.times import ForeignTime, read_time

Severity = Literal["down", "disrupted", "notice"]

_SEVERITIES: dict[str, Severity] = {"down": "down", "disrupted": "disrupted", "notice": "notice"}
_FALLBACK: Severity = "disrupted"
_MAINTENANCE = re.compile(r"\bmainten", re.IGNORECASE)
_FILE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice in cState's own words, complete; `guesses` says what had to be assumed."""

    file: str
    name: str
    title: str
    date: ForeignTime
    ended: ForeignTime | None
    """When it was resolved or, of one that is not, when it is planned to end."""
    resolved: bool
    severity: Severity
    informational: bool
    affected: tuple[str, ...]
    body: Body
    guesses: tuple[str, ...]

    @property
    def is_maintenance(self) -> bool:
        """Whether it tells of planned work, not of an incident."""
        return self.severity == "notice" or self.informational


def read_notice(file: str, page: Page) -> Notice:
    """Return the notice that a page holds.

    Raises UnreadableError where nothing tells when it happened.
    """
    settings = {key.lower(): value for key, value in page.settings.items()}
    guesses: list[str] = []
    if _text(settings.get("draft")) == "true":
        raise UnreadableError("is a draft, which the site does not show")
    date = _date(file, settings, guesses)
    body = read_body(page.body)
    informational = _text(settings.get("informational")) == "true"
    severity = _severity(settings, guesses, informational=informational)
    resolved = _text(settings.get("resolved")) in ("true", "yes")
    title = _title(file, settings, guesses)
    if severity != "notice" and not informational and _MAINTENANCE.search(title):
        guesses.append(f"the title speaks of maintenance, severity {severity} of an incident: imported as an incident")
    return Notice(
        file=file,
        name=name_of(file),
        title=title,
        date=date,
        ended=_ended(settings, body, date, guesses, resolved=resolved),
        resolved=resolved,
        severity=severity,
        informational=informational,
        affected=_affected(settings.get("affected"), guesses),
        body=body,
        guesses=tuple(guesses),
    )


def _title(file: str, settings: Mapping[str, Any], guesses: list[str]) -> str:
    title = " ".join(_text(settings.get("title")).split())
    if title:
        return title
    guesses.append("no title: the file's name taken")
    return name_of(file).rpartition("/")[2]


def _date(file: str, settings: Mapping[str, Any], guesses: list[str]) -> ForeignTime:
    text = _text(settings.get("date"))
    date = read_time(text)
    if date is None:
        named = _FILE_DATE.search(file)
        date = read_time(named[0]) if named else None
        if date is None:
            raise UnreadableError(f"has a date that cannot be read: {text!r}" if text else "has no date")
        guesses.append(
            f"date {text!r} cannot be read: the file name's taken" if text else "no date: the file name's taken"
        )
    elif date.guessed:
        guesses.append(f"date {text!r}: {date.guessed}")
    return date


def _ended(
    settings: Mapping[str, Any], body: Body, date: ForeignTime, guesses: list[str], *, resolved: bool
) -> ForeignTime | None:
    text = _text(settings.get("resolvedwhen"))
    ended = read_time(text)
    if ended is not None:
        if ended.guessed:
            guesses.append(f"resolvedWhen {text!r}: {ended.guessed}")
        return ended
    if text:
        guesses.append(f"resolvedWhen {text!r} cannot be read")
    if not resolved:
        return None
    times = [message.time for message in body.messages if message.time is not None]
    guesses.append(f"no time of resolution: {'the last message' if times else 'the start'} taken")
    return max((date, *times), key=lambda time: time.moment)


def _severity(settings: Mapping[str, Any], guesses: list[str], *, informational: bool) -> Severity:
    text = _text(settings.get("severity")).lower()
    if text in _SEVERITIES:
        return _SEVERITIES[text]
    if informational:
        return "notice"
    guesses.append(
        f"severity {text!r} is not known: taken as {_FALLBACK}" if text else f"no severity: {_FALLBACK} taken"
    )
    return _FALLBACK


def _affected(value: Any, guesses: list[str]) -> tuple[str, ...]:  # noqa: ANN401 - any YAML value
    names: Sequence[Any] = value if isinstance(value, list) else _listed(value, guesses)
    found = tuple(dict.fromkeys(_text(name) for name in names if _text(name)))
    if len(found) < len([name for name in names if name != ""]):
        guesses.append("a system is named twice, or by something that is not text: left out")
    if not found:
        guesses.append("no system is affected: none taken")
    return found


def _listed(value: Any, guesses: list[str]) -> Sequence[str]:  # noqa: ANN401 - any YAML value
    """Return the names that one text gives; people forget the brackets of a list and keep its commas."""
    text = _text(value)
    names = [name for part in text.split(",") if (name := part.strip())]
    if "," in text:
        guesses.append(f"affected {text!r} is one text: split at its commas")
    return names


def _text(value: Any) -> str:  # noqa: ANN401 - any YAML value
    return value.strip() if isinstance(value, str) else ""
