"""Chips: a word with the tone that gives it colour and icon."""

from collections.abc import Mapping
from dataclasses import dataclass

from itsm_as_code.model.record import Record
from itsm_as_code.site.words import spaced, state_tone
from itsm_as_code.status.levels import LEVEL_WORDS, Level
from itsm_as_code.status.maintenance import PHASE_WORDS, Phase
from itsm_as_code.status.rollup import Headline

LEVEL_TONES: Mapping[Level, str] = {
    "operational": "good",
    "under-maintenance": "work",
    "degraded": "warn",
    "partial-outage": "warn",
    "major-outage": "bad",
    "unknown": "quiet",
}
_PHASE_TONES: Mapping[Phase, str] = {
    "proposed": "quiet",
    "planned": "info",
    "active": "work",
    "unconfirmed": "warn",
    "done": "good",
    "canceled": "quiet",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A word with its tone: good, info, warn, bad, work or quiet."""

    word: str
    tone: str


def level_chip(level: Level) -> Chip:
    """Return the chip of a level of service."""
    return Chip(LEVEL_WORDS[level], LEVEL_TONES[level])


def phase_chip(phase: Phase) -> Chip:
    """Return the chip of a phase of maintenance."""
    return Chip(PHASE_WORDS[phase], _PHASE_TONES[phase])


def state_chip(record: Record, state: str = "") -> Chip | None:
    """Return the chip of a record's state, or of another that it was in; None for kinds without states."""
    state = state or record.state
    return Chip(spaced(state), state_tone(record.kind, state)) if state else None


def priority_chip(priority: int | None) -> Chip | None:
    """Return the chip of a priority, 1 the most pressing; None where there is none."""
    return Chip(f"P{priority}", {1: "bad", 2: "warn"}.get(priority, "quiet")) if priority is not None else None


def headline_tone(head: Headline, open_incidents: int) -> str:
    """Return the tone of a headline: green only where no incident is open."""
    if open_incidents and head.level in {"operational", "unknown"}:
        return "info"
    return LEVEL_TONES[head.level]
