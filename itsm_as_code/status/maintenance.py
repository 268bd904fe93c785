"""Maintenance: changes that expect an outage, and how far they are at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.derive import outage_window
from itsm_as_code.snapshot.transitions import state_at, transitions

Phase = Literal["proposed", "planned", "active", "unconfirmed", "done", "canceled"]
"""proposed: not agreed yet; unconfirmed: agreed, its window is over, and the record does not say how it went."""

PHASE_WORDS: Mapping[Phase, str] = {
    "proposed": "Proposed",
    "planned": "Planned",
    "active": "In progress",
    "unconfirmed": "Window over, not confirmed",
    "done": "Completed",
    "canceled": "Canceled",
}

_DONE = frozenset({"review", "closed"})


@dataclass(frozen=True, slots=True, eq=False)
class Maintenance:
    """One change with an expected outage, in time."""

    record: Record
    start: datetime | None
    """When its window begins, as announced; `end` likewise."""
    end: datetime | None
    services: tuple[str, ...]
    """Addresses of the services that are out, each once, in order."""
    phase: Phase
    worked: tuple[datetime, datetime] | None
    """From when to when the work was done, where it is over and the timeline tells."""


def maintenance(record: Record, targets: Mapping[str, str], now: datetime) -> Maintenance | None:
    """Return the change as maintenance; None where it expects no outage.

    `targets` gives the service address that each text of the record resolves to; what it lacks is left out.
    """
    if record.get("outage.expected") is not True:
        return None
    start, end = (parse_time(text) if isinstance(text, str) else None for text in outage_window(record))
    named = record.get("outage.services")
    texts = named if isinstance(named, list) and named else record.strings("services")
    services = tuple(dict.fromkeys(targets[text] for text in texts if isinstance(text, str) and text in targets))
    phase = _phase(state_at(record, now), start, end, now)
    return Maintenance(record, start, end, services, phase, _worked(record) if phase == "done" else None)


def _worked(record: Record) -> tuple[datetime, datetime] | None:
    begun: datetime | None = None
    for transition in transitions(record):
        at = record.timeline[transition.position].get("at")
        moment = parse_time(at) if isinstance(at, str) else None
        if transition.to == "implement":
            begun = begun or moment
        elif begun is not None and moment is not None and moment >= begun and transition.to in _DONE:
            return begun, moment
    return None


def _phase(state: str, start: datetime | None, end: datetime | None, now: datetime) -> Phase:
    if state == "canceled":
        return "canceled"
    if state in _DONE:
        return "done"
    if state == "implement":
        return "active"  # whatever the window said: the work goes on until the record says that it is over
    if state != "scheduled":
        return "proposed"
    if start is None or now < start:
        return "planned"
    return "active" if end is None or now < end else "unconfirmed"
