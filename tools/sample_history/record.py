"""How the file of one record came to be: when it changed, by whose hand, and what it said in between."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from tools.sample_history import text as texts
from tools.sample_history.messages import Entry, entry_words

INITIAL: Mapping[str, str] = {
    "assets": "on-order",
    "catalog": "draft",
    "change-templates": "draft",
    "changes": "new",
    "cis": "planned",
    "freezes": "draft",
    "incidents": "new",
    "known-errors": "draft",
    "problems": "new",
    "requests": "submitted",
}
"""The state in which records of a folder begin, where they have one."""

TYPES: Mapping[str, str] = {
    "assets": "asset:",
    "catalog": "catalog-item:",
    "change-templates": "change-template:",
    "cis": "ci:",
    "contracts": "contract:",
    "freezes": "freeze:",
    "licences": "licence:",
    "people": "person:",
    "services": "service:",
    "slas": "sla:",
    "teams": "team:",
}
"""What stands before the id in links to records of a folder; nothing for the others."""


def _reached(*states: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: any(entry["type"] == "transition" and entry["to"] in states for entry in entries)


def _has(*types: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: any(entry["type"] in types for entry in entries)


def _is_in(state: str) -> Callable[[Sequence[Entry]], bool]:
    return lambda entries: [entry["to"] for entry in entries if entry["type"] == "transition"][-1:] == [state]


_ASSIGNED = _reached("in-progress", "on-hold", "resolved", "assess")
_PLANNED = _reached("authorize", "scheduled", "implement")
COMES_WITH: Mapping[str, Mapping[str, Callable[[Sequence[Entry]], bool]]] = {
    "incidents": {
        "assignment": lambda entries: _ASSIGNED(entries) or _has("assigned")(entries),
        "duplicate_of": _reached("resolved"),
        "hold_reason": _is_in("on-hold"),
        "public": _has("impact"),
        "resolution": _reached("resolved"),
    },
    "problems": {
        "assignment": _ASSIGNED,
        "duplicate_of": _reached("closed"),
        "resolution": _reached("resolved", "closed"),
        "root_cause": _reached("fix-in-progress", "resolved", "closed"),
        "workaround": _reached("root-cause-analysis"),
    },
    "changes": {
        "implementer": _PLANNED,
        "outage": _PLANNED,
        "pir": _reached("closed"),
        "planned": _PLANNED,
        "plans": _reached("assess", "authorize", "scheduled", "implement"),
        "result": _reached("review"),
    },
    "requests": {
        "assignment": _reached("approved"),
        "outcome": _reached("fulfilled"),
        "tasks": _reached("in-fulfilment"),
    },
    "assets": {
        "assigned_to": _has("assigned"),
        "depreciation": _reached("in-use"),
        "disposal": _reached("retired"),
        "licences": _reached("in-use"),
        "location": _reached("in-stock"),
        "serial": _reached("in-stock"),
        "warranty": _reached("in-stock"),
    },
}
"""Fields that come with an entry, by folder: whether the entries so far have brought them."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What fields said until a moment; whoever changed them then, and why, where no entry of that time says so."""

    until: datetime
    by: str
    why: str
    fields: Mapping[str, str]
    without: Sequence[str] = ()
    trailers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody changes a file: the version after it has the first `entries` of its timeline."""

    at: datetime
    by: str
    path: str
    said: str
    entries: int
    is_told: bool = False
    """Whether no entry of the timeline says what happened, so that `said` is a sentence of its own."""
    trailers: Sequence[tuple[str, str]] = ()
    """Who else had a part in it: what they did, as trailers name it, and their address."""


@dataclass(frozen=True)
class RecordHistory:
    """A file as it is now, and what is told of it besides its timeline."""

    path: str
    text: str
    earlier: Sequence[Earlier] = ()
    begins: Event | None = None
    lacking: Sequence[tuple[datetime, str]] = ()
    """Until when items of lists are missing that contain a text."""

    @cached_property
    def folder(self) -> str:
        """The folder of the kind; empty for files that are no records."""
        return self.path.split("/")[1] if self.path.startswith("records/") else ""

    @cached_property
    def address(self) -> str:
        """What links call the record."""
        return TYPES.get(self.folder, "") + self.path.rsplit("/", 1)[-1].removesuffix(".yaml")

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What the file says now, all values as texts."""
        loaded: Mapping[str, Any] = texts.loaded(self.text)
        return loaded

    @property
    def entries(self) -> Sequence[Entry]:
        """The timeline."""
        timeline: Sequence[Entry] = self.values.get("timeline", ())
        return timeline

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        return texts.fields(self.text)

    def events(self) -> Iterator[Event]:
        """Yield what happened to the file, in order."""
        written = [(datetime.fromisoformat(entry.get("recorded_at", entry["at"])), entry) for entry in self.entries]
        found = [
            Event(at, entry["by"], self.path, self._said(number), number + 1, trailers=_approvers(entry))
            for number, (at, entry) in enumerate(written)
        ]
        times = {at for at, _ in written}
        for one in self.earlier:
            if one.by:
                count = sum(at <= one.until for at, _ in written)
                found.append(Event(one.until, one.by, self.path, one.why, count, is_told=True, trailers=one.trailers))
            elif one.until not in times:
                raise ValueError(f"{self.path}: who changed it at {one.until}?")
        if self.begins is not None:
            found.append(self.begins)
        yield from sorted(found, key=lambda event: (event.at, event.entries))

    def _said(self, number: int) -> str:
        entry = self.entries[number]
        if entry["type"] == "created":
            return str(self.values["title"])
        return entry_words(entry, entry.get("from") or self._state(number))

    def version(self, at: datetime, entries: int, exists: Container[str]) -> str:
        """Return the text after an event at `at`, with as many entries; `exists` has the addresses of that moment."""
        kept = texts.replaced(self._fields, self._overlay(at))
        kept = {name: field for name, field in kept.items() if not self._is_ahead(name, at, entries)}
        if self.entries and "state" in self._fields and not self._overlaid("state", at):
            kept["state"] = f"state: {self._state(entries)}\n"
        if "timeline" in kept:
            head, parts = texts.items(kept["timeline"])
            kept["timeline"] = head + "".join(parts[:entries]) if entries else ""
        return "".join(
            field if name == "timeline" else texts.without_missing(self._cut(field, at), exists)
            for name, field in kept.items()
        )

    def _overlay(self, at: datetime) -> Mapping[str, str]:
        names = {name for one in self.earlier for name in one.fields}
        overlaid = {name: self._overlaid(name, at) for name in sorted(names)}
        return {name: one.fields[name] for name, one in overlaid.items() if one is not None and name in one.fields}

    def _overlaid(self, name: str, at: datetime) -> Earlier | None:
        """Return what holds for a field at that time, if it is not what the file says now."""
        told = (one for one in self.earlier if at < one.until and (name in one.fields or name in one.without))
        return min(told, key=lambda one: one.until, default=None)

    def _is_ahead(self, name: str, at: datetime, entries: int) -> bool:
        """Return whether a field has not come yet."""
        one = self._overlaid(name, at)
        if one is not None:
            return name in one.without
        if any(name in other.fields or name in other.without for other in self.earlier):
            return False
        brings = COMES_WITH.get(self.folder, {}).get(name)
        if name == "visibility" and self.folder == "incidents" and "public" in self._fields:
            brings = COMES_WITH["incidents"]["public"]
        return brings is not None and brings(self.entries) and not brings(self.entries[:entries])

    def _state(self, entries: int) -> str:
        moves = [entry for entry in self.entries if entry["type"] == "transition"]
        done = [entry for entry in self.entries[:entries] if entry["type"] == "transition"]
        if done:
            return str(done[-1]["to"])
        begun = any(entry["type"] == "created" for entry in self.entries)
        first = moves[0].get("from") if moves else None
        if first is not None:
            return str(first)
        if begun:
            return INITIAL[self.folder]
        return self._fields["state"].removeprefix("state: ").strip()

    def _cut(self, field: str, at: datetime) -> str:
        """Return a field without the items of its list that are still to come."""
        missing = [words for until, words in self.lacking if at < until]
        head, parts = texts.items(field)
        if not missing or not parts:
            return field
        kept = [part for part in parts if not any(words in part for words in missing)]
        return head + "".join(kept) if kept else ""


def _approvers(entry: Entry) -> Sequence[tuple[str, str]]:
    return (("Approved-by", entry["approved_by"]),) if "approved_by" in entry else ()
