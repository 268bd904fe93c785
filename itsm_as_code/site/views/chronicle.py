"""The timeline of a record as a reader sees it: one item an entry, newest first while the record is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.edition import Edition
from itsm_as_code.site.markdown import markdown
from itsm_as_code.site.moments import Moment
from itsm_as_code.site.shapes import Shape
from itsm_as_code.site.values import Value, ValueReader
from itsm_as_code.site.words import spaced, state_tone
from itsm_as_code.status.levels import LEVEL_WORDS, declared_level

_SAID = frozenset({"at", "by", "type", "text", "reason", "recorded_at", "from", "to", "level", "status", "audience"})
_SAID_OF_A_TASK = frozenset({"id", "state"})
_CHIPS = ("audience", "status", "level")
_WORDS: Mapping[str, str] = {
    "created": "Opened",
    "note": "Note",
    "transition": "State",
    "assigned": "Assigned",
    "acknowledged": "Acknowledged",
    "detected": "Detected",
    "mitigated": "Mitigated",
    "escalated": "Escalated",
    "communication": "Communication",
    "impact": "Impact",
    "task": "Task",
    "correction": "Correction",
    "exception": "Exception",
}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One timeline entry."""

    moment: Moment | None
    word: str
    about: str
    """A task's title; its id where the record has no such task."""
    type: str
    by: Value | None
    recorded: Moment | None
    """When it was written down, where that was later."""
    states: tuple[tuple[str, str], ...]
    """A transition's states (from, to), each with its tone."""
    chips: tuple[str, ...]
    """Short words that belong to it: an audience, a status, a level."""
    target: Value | None
    pairs: tuple[tuple[str, Value], ...]
    """Fields that have no place of their own."""
    html: Markup


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A record's entries in reading order."""

    entries: tuple[Entry, ...]
    newest_first: bool


def chronicle(edition: Edition, record: Record, reader: ValueReader) -> Chronicle:
    """Return the timeline of a valid record."""
    scribe = _Scribe(edition, record, reader, edition.shapes[record.kind.name].inside("timeline").item or Shape())
    dated: list[tuple[datetime, Entry]] = []
    state = ""
    for position, entry in enumerate(record.timeline):
        dated.append((_time(entry.get("at")) or _LONG_AGO, scribe.entry(position, entry, state)))
        if entry.get("type") == "transition":
            state = str(entry.get("to", ""))
        elif entry.get("type") == "created":
            state = record.kind.initial
    newest_first = not record.is_final and record.state != "resolved"
    entries = [entry for _, entry in sorted(dated, key=lambda item: item[0])]
    return Chronicle(tuple(reversed(entries) if newest_first else entries), newest_first)


@dataclass(frozen=True, slots=True, eq=False)
class _Scribe:
    """Words the entries of one record."""

    edition: Edition
    record: Record
    reader: ValueReader
    shape: Shape

    def entry(self, position: int, entry: Mapping[str, Any], before: str) -> Entry:
        """Return the entry at a position of the timeline; `before` is the state that held until it."""
        at, recorded = _time(entry.get("at")), _time(entry.get("recorded_at"))
        type_ = str(entry.get("type", ""))
        is_transition, is_task = type_ == "transition", type_ == "task"
        said = _SAID | _SAID_OF_A_TASK if is_task else _SAID
        prose = "\n\n".join(text for name in ("text", "reason") if isinstance(text := entry.get(name), str))
        return Entry(
            moment=self.edition.clock.moment(at) if at else None,
            word=_WORDS.get(type_, spaced(type_).capitalize()),
            about=self._task(entry) if is_task else "",
            type=type_,
            by=self._value(position, entry, "by"),
            recorded=self.edition.clock.moment(recorded) if recorded and recorded != at else None,
            states=self._states(entry, before) if is_transition else (),
            chips=tuple(_chips(entry, (*_CHIPS, "state") if is_task else _CHIPS)),
            target=None if is_transition else self._value(position, entry, "to"),
            pairs=tuple(
                (self.shape.label(name), value)
                for name in entry
                if name not in said and (value := self._value(position, entry, name)) is not None
            ),
            html=markdown(prose) if prose else Markup(),
        )

    def _value(self, position: int, entry: Mapping[str, Any], name: str) -> Value | None:
        value = entry.get(name)
        if value is None:
            return None
        return self.reader.value(value, ("timeline", position, name), self.shape.inside(name))

    def _task(self, entry: Mapping[str, Any]) -> str:
        id_ = str(entry.get("id", ""))
        titles = (task.get("title") for task in self.record.mappings("tasks") if task.get("id") == id_)
        return next((title for title in titles if isinstance(title, str)), id_)

    def _states(self, entry: Mapping[str, Any], before: str) -> tuple[tuple[str, str], ...]:
        states = (str(entry.get("from") or before), str(entry.get("to", "")))
        return tuple((spaced(state), state_tone(self.record.kind, state)) for state in states if state)


def _chips(entry: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    chips = []
    for name in names:
        value = entry.get(name)
        if isinstance(value, str):
            level = declared_level(value) if name == "level" else None
            chips.append(LEVEL_WORDS[level] if level else spaced(value).capitalize())
        elif isinstance(value, int):
            chips.append(f"{name.capitalize()} {value}")
    return chips


def _time(value: object) -> datetime | None:
    return parse_time(value) if isinstance(value, str) else None
