"""Timelines: the messages of a notice and what happened around them, in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from itsm_as_code.interchange.messages import Message
from itsm_as_code.interchange.notice import Notice
from itsm_as_code.interchange.systems import ACTOR
from itsm_as_code.model.times import time_text

CREATED, ANNOUNCED, BEGUN, TOLD, ENDED, CLOSED = range(6)
"""What comes first of two things that happened at one instant."""


@dataclass(frozen=True, slots=True)
class Step:
    """A timeline entry with its place in the story: the instant by which it is sorted, and its rank there."""

    moment: datetime
    rank: int
    entry: Mapping[str, Any]


def ordered(steps: Iterable[Step]) -> Sequence[Mapping[str, Any]]:
    """Return the entries of the steps in order; of two of one rank at one instant the first given comes first."""
    return [step.entry for step in sorted(steps, key=lambda step: (step.moment, step.rank))]


def created(moment: datetime) -> Step:
    """Return the entry that opens a record."""
    return Step(moment, CREATED, _entry(moment, "created"))


def transition(moment: datetime, rank: int, to: str, *, said: datetime | None = None) -> Step:
    """Return a change of state; `said` is the time it bears where that is not its place in the story."""
    return Step(moment, rank, {**_entry(said or moment, "transition"), "to": to})


def communications(notice: Notice) -> tuple[Sequence[Step], Sequence[str]]:
    """Return the messages of a notice as public communications, and what had to be guessed about their times.

    A message without a time was written at the start if it is the first, at the end if it is the last word, and
    else no earlier than the message before it.
    """
    start = notice.date.moment
    end = notice.ended.moment if notice.resolved and notice.ended is not None else start
    steps: list[Step] = []
    if notice.body.preamble:
        steps.append(_told(start, Message("first", "", notice.body.preamble), notice))
    guesses: list[str] = []
    before, unknown = start, 0
    for message in notice.body.messages:
        if message.time is not None:
            moment = message.time.moment
            guesses += [f"[{message.label}] {message.time.guessed}"] if message.time.guessed else []
        else:
            unknown += 1
            moment = max(before, end) if message.role == "last" else before
        steps.append(_told(moment, message, notice))
        before = max(before, moment)
    if unknown:
        many = "a message without a time" if unknown == 1 else "messages without a time"
        guesses.append(f"{many}: the start, the end or the time of the message before taken")
    return steps, guesses


def _told(moment: datetime, message: Message, notice: Notice) -> Step:
    entry = {**_entry(moment, "communication"), "audience": "public", "text": _text(message)}
    if message.label and message.status and not notice.is_maintenance:
        entry["status"] = message.status
    return Step(moment, ANNOUNCED if message.role == "first" else TOLD, entry)


def _text(message: Message) -> str:
    """Return the message's Markdown; a label that tells more than the entry does stays above it."""
    telling = message.time is None and re.search(r"\d", message.label) is not None
    parts = [f"**{message.label}**"] if telling or not message.text else []
    parts += [message.text] if message.text else []
    text = "\n\n".join(parts)
    return f"{text}\n" if "\n" in text else text


def _entry(moment: datetime, type_: str) -> dict[str, Any]:
    return {"at": time_text(moment.astimezone(UTC)), "by": ACTOR, "type": type_}
