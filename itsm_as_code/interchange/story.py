"""Stories: a notice as the fields of an incident or of a change."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from itsm_as_code.interchange.notice import Notice, Severity
from itsm_as_code.interchange.pages import SECTION, SYSTEM
from itsm_as_code.interchange.systems import Catalogue, clip, is_web_address
from itsm_as_code.interchange.timeline import BEGUN, CLOSED, ENDED, Step, communications, created, ordered, transition

_LEVELS: Mapping[Severity, tuple[str, str]] = {
    "down": ("high", "major-outage"),
    "disrupted": ("medium", "partial-outage"),
}
"""Severity → impact (and urgency), level of the services."""

_NO_REASON = "Not known: the status page from which this was imported announces work without a reason."
_TICKET = re.compile(
    r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9_.~-]+)*/(?:(?:issues|pull|merge_requests)/\d+|browse/[A-Z]{2,}-\d+)",
    re.ASCII,
)
_MIN_TITLE = 3


def record_fields(notice: Notice, catalogue: Catalogue, site_url: str) -> tuple[Mapping[str, Any], Sequence[str]]:
    """Return the fields of a notice's record, and what had to be guessed beyond what the notice tells."""
    told, guesses = communications(notice)
    guesses = list(guesses)
    services: list[str] = []
    for name in notice.affected:
        address, guess = catalogue.service(name)
        services.append(address)
        guesses += [guess] if guess else []
    title = clip(notice.title)
    fields: dict[str, Any] = {"title": title if len(title) >= _MIN_TITLE else f"Notice {title}"}
    if title != notice.title:
        fields["description"] = notice.title
    if services:
        fields["services"] = list(dict.fromkeys(services))
    fields |= {"owner": catalogue.owner, "visibility": "public"}
    fields |= _change(notice, told, catalogue) if notice.is_maintenance else _incident(notice, told, catalogue)
    if not notice.resolved:
        guesses.append(f"not resolved: state {fields['state']} taken")
    tickets = _tickets(notice)
    if tickets:
        fields["links"] = [{"type": "ticket", "url": url} for url in tickets]
    fields["external"] = [_key(notice, site_url)]
    return fields, guesses


def _incident(notice: Notice, told: Sequence[Step], catalogue: Catalogue) -> Mapping[str, Any]:
    impact, level = _LEVELS[notice.severity]
    begun = notice.date.moment
    steps = [created(_earliest(begun, told)), *told]
    fields: dict[str, Any] = {"impact": impact, "urgency": impact, "public": {"level": level}}
    if steps[0].moment != begun:
        fields["opened_at"] = notice.date.text
    if not notice.resolved or notice.ended is None:
        steps.append(transition(begun, BEGUN, "in-progress"))
        return fields | {"state": "in-progress", "assignment": {"team": catalogue.owner}, "timeline": ordered(steps)}
    # A time of resolution that lies before the start is kept for people to see, at its place in the story.
    steps.append(transition(max(begun, notice.ended.moment), ENDED, "resolved", said=notice.ended.moment))
    steps.append(transition(_latest(begun, steps), CLOSED, "closed"))
    return fields | {"state": "closed", "timeline": ordered(steps)}


def _change(notice: Notice, told: Sequence[Step], catalogue: Catalogue) -> Mapping[str, Any]:
    start = notice.date.moment
    announced = _earliest(start, told)
    steps = [created(announced), *told]
    outage: dict[str, Any] = {"expected": not notice.informational}
    fields: dict[str, Any] = {"type": "normal", "reason": _NO_REASON, "outage": outage}
    if notice.ended is None:
        outage["start"] = notice.date.text
        return fields | {"state": "new", "timeline": ordered(steps)}
    # As with incidents, the window keeps an end before its start.
    fields["planned"] = {"start": notice.date.text, "end": notice.ended.text}
    steps.append(transition(announced, BEGUN, "scheduled"))
    if not notice.resolved:
        return fields | {"state": "scheduled", "implementer": catalogue.owner, "timeline": ordered(steps)}
    end = max(start, notice.ended.moment)
    steps += [transition(start, BEGUN, "implement"), transition(end, ENDED, "review")]
    steps.append(transition(_latest(end, steps), CLOSED, "closed"))
    return fields | {"state": "closed", "timeline": ordered(steps)}


def _earliest(moment: datetime, steps: Sequence[Step]) -> datetime:
    return min([moment, *(step.moment for step in steps)])


def _latest(moment: datetime, steps: Sequence[Step]) -> datetime:
    return max([moment, *(step.moment for step in steps)])


def _tickets(notice: Notice) -> Sequence[str]:
    texts = [notice.body.preamble, *(message.text for message in notice.body.messages)]
    return list(dict.fromkeys(url for text in texts for url in _TICKET.findall(text)))


def _key(notice: Notice, site_url: str) -> Mapping[str, Any]:
    """Return the record's key at the status page, with the address that Hugo gives the page."""
    key: dict[str, Any] = {"system": SYSTEM, "id": notice.file.removeprefix(f"{SECTION}/")}
    slug = quote(notice.name.lower().replace(" ", "-"), safe="/")
    url = f"{site_url.rstrip('/')}/{SECTION.rpartition('/')[2]}/{slug}/"
    if is_web_address(url):
        key["url"] = url
    return key | ({"history": True} if notice.resolved else {})
