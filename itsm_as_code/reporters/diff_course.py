"""The course of a record in words: opened, its states, how it was resolved, when it is planned, what was told."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.reporters.diff_left import Left, Said
from itsm_as_code.reporters.diff_words import day_and_time, listed, number_of, spaced
from itsm_as_code.snapshot.as_of import lasting
from itsm_as_code.snapshot.derive import opened_at, planned_window
from itsm_as_code.snapshot.difference import ABSENT, FieldEdit

_DONE = frozenset(
    ("accepted", "approved", "canceled", "closed", "disposed", "fulfilled", "lifted", "published", "rejected")
) | {"resolved", "retired", "scheduled"}
"""States that are told as what was done; a record `is now` in any other."""
_SETTLED = frozenset({"resolved", "fulfilled"})
"""States that tell how long it took."""
_ENDED = frozenset({"resolved", "closed", "fulfilled"})
"""States from which a record is opened again."""


def states(left: Left) -> Iterator[Said]:
    """Tell through which states a record went, and of one that was resolved, how long it took and how it ended."""
    record = left.record
    edit = left.take("state")
    entries = left.take_entries("transition")
    before = left.edit.base.state if left.edit.base is not None else record.kind.initial
    if before == record.state and edit is None:
        if entries:
            yield Said("with other states in their timeline", _passed([before, *_targets(entries)]))
        return
    path = [before, *_targets(entries)]
    if path[-1] != record.state:
        path = [before, record.state]
    if before in _ENDED and record.state not in _ENDED and not record.is_final:
        yield Said("opened again", f"opened again, {_passed(path)}{_how(left)}")
        return
    resolved = _ending(entries)
    if resolved is not None:
        yield Said(_sort(resolved, record), ending(record, resolved, _how(left)))
    elif record.state in _DONE:
        way = f" (was {spaced(before)})" if len(path) == 2 else f" ({_passed(path)})"  # noqa: PLR2004 - from one to the other
        yield Said(spaced(record.state), f"{spaced(record.state)}{_how(left)}{way}")
    else:
        yield Said(f"now {spaced(record.state)}", f"{_passed(path)}{_how(left)}")


def _targets(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(entry.get("to", "")) for entry in entries]


def _passed(path: list[str]) -> str:
    return " → ".join(map(spaced, path))


def _ending(entries: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last of some timeline entries with which a record was resolved or fulfilled."""
    found = [entry for entry in entries if entry.get("type") == "transition" and str(entry.get("to")) in _SETTLED]
    return found[-1] if found else None


def _sort(entry: Mapping[str, Any], record: Record) -> str:
    word = str(entry["to"])
    return word if record.state == word else f"{word} and {spaced(record.state)}"


def ending(record: Record, entry: Mapping[str, Any] | None = None, how: str = "") -> str:
    """Return how long it took to resolve a record and how that was done: ``resolved after 3 h 12 min (fixed)``.

    `entry` is the transition, by default the last one of its timeline; empty where there is none.
    """
    entry = _ending(record.timeline) if entry is None else entry
    if entry is None:
        return ""
    words = str(entry["to"])
    start, end = (parse_time(text) for text in (opened_at(record) or "", str(entry.get("at"))))
    if start is not None and end is not None and end >= start:
        words += f" after {lasting(end - start)}"
    words += how or _coded(record)
    return words if record.state == entry["to"] else f"{words}, now {spaced(record.state)}"


def _coded(record: Record) -> str:
    """Return in brackets how a record ended, as far as it says so."""
    codes = (record.get("resolution.code"), record.get("result.code"))
    return next((f" ({spaced(code)})" for code in codes if isinstance(code, str)), "")


def _how(left: Left) -> str:
    """Return in brackets how a record ended or why it waits, as far as that was written in this step."""
    if left.take_within("resolution") or left.take_within("result"):
        return _coded(left.record)
    hold = left.take("hold_reason")
    return f" ({spaced(str(hold.new))})" if hold is not None and isinstance(hold.new, str) else ""


def major(left: Left) -> Iterator[Said]:
    """Tell that an incident is a major one, and how that stands."""
    if left.edit.base is None:
        return
    told = left.take_within("major")
    if not told:
        return
    record = left.record
    if not isinstance(left.edit.base.fields.get("major"), dict):
        manager = record.get("major.manager")
        yield Said("declared major", "declared a major incident" + (f", led by {manager}" if manager else ""))
    elif not isinstance(record.fields.get("major"), dict):
        yield Said("no longer major", "no longer a major incident")
    else:
        state = next((edit.new for edit in told if edit.name == "major.state"), None)
        words = (
            f"major incident {spaced(str(state))}" if isinstance(state, str) else "led otherwise as a major incident"
        )
        yield Said("led otherwise as major incidents", words)


def window(left: Left) -> Iterator[Said]:
    """Tell that a planned window moved, in the organisation's zone."""
    base, head = left.edit.base, left.record
    if base is None or not any(field.path[0] == "planned" for field in left.fields):
        return
    old, new = planned_window(base), planned_window(head)
    if new is None:
        return
    left.take_within("planned")
    start, end = new
    until = day_and_time(end, left.zone, start)
    if old is None:
        yield Said("planned", f"planned for {day_and_time(start, left.zone)} to {until}")
    elif old[0] == start:
        yield Said("with another end", f"planned until {until}, not until {day_and_time(old[1], left.zone, start)}")
    else:
        words = f"moved from {day_and_time(old[0], left.zone)} to {day_and_time(start, left.zone, old[0])}"
        if end - start != old[1] - old[0]:
            words += f", now for {lasting(end - start)} instead of {lasting(old[1] - old[0])}"
        yield Said("moved", words)


def tasks(left: Left) -> Iterator[Said]:
    """Tell which tasks and actions were added, moved on or given to others."""
    for holder in (("tasks",), ("review", "actions"), ("pir", "actions")):
        now = {str(task.get("id")): task for task in _tasks(left.record, holder)}
        for edit in left.take_within(*holder):
            if len(edit.path) == len(holder):
                yield Said("with other tasks", f"{holder[-1]} {_became(edit)}")
                continue
            named = edit.name.partition("[")[2].partition("]")[0]
            name = f"{'task' if holder == ('tasks',) else 'action'} {named}"
            title = _titled(now.get(named, {}))
            if edit.path[-1] == "state" and isinstance(edit.new, str):
                yield Said(f"with tasks {spaced(edit.new)}", f"{name}{title} {_is(edit.new)}")
            elif edit.old is ABSENT and isinstance(edit.new, dict):
                yield Said("with more tasks", f"{name}{title} added")
            elif edit.new is ABSENT and isinstance(edit.old, dict):
                yield Said("with fewer tasks", f"{name} taken out")
            elif edit.path[-1] == "owner" and edit.new is not ABSENT:
                yield Said("with tasks given to others", f"{name}{title} given to {edit.new}")
            else:
                yield Said("with other tasks", f"{name}{title} reworded")
    titles = {str(task.get("id")): _titled(task) for task in _tasks(left.record, ("tasks",))}
    for entry in left.take_entries("task"):
        id_, state = str(entry.get("id")), str(entry.get("state"))
        written = left.edit.field(f"tasks[{id_}].state")
        if written is None or written.new != state:
            yield Said(f"with tasks {spaced(state)}", f"task {id_}{titles.get(id_, '')} {_is(state)}")


def _became(edit: FieldEdit) -> str:
    """Return what became of a whole list."""
    return "taken out" if edit.new is ABSENT else "written" if edit.old is ABSENT else "reordered"


def _titled(task: Mapping[str, Any]) -> str:
    return f" ({task['title']})" if isinstance(task.get("title"), str) else ""


def _tasks(record: Record, holder: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    found = record.get(".".join(holder))
    return (task for task in found if isinstance(task, dict)) if isinstance(found, list) else iter(())


def _is(state: str) -> str:
    return {"done": "done", "canceled": "canceled"}.get(state, f"is now {spaced(state)}")


def levels(left: Left) -> Iterator[Said]:
    """Tell what the timeline says of the services' level from now on."""
    for entry in left.take_entries("impact"):
        services = entry.get("services")
        named = listed([str(service) for service in services]) if isinstance(services, list) else "its service"
        level = str(entry.get("level"))
        again = "work again" if isinstance(services, list) and len(services) > 1 else "works again"
        words = f"{named} {again}" if level == "none" else f"{named}: {spaced(level)}"
        yield Said("with another level of services", words)


_WORDS: Mapping[str, tuple[str, str]] = {
    "note": ("note", "notes"),
    "correction": ("correction", "corrections"),
    "exception": ("exception from a rule", "exceptions from rules"),
    "escalated": ("escalation", "escalations"),
    "acknowledged": ("acknowledgement", "acknowledgements"),
    "detected": ("mark of detection", "marks of detection"),
    "mitigated": ("mark of relief", "marks of relief"),
}


def timeline(left: Left) -> Iterator[Said]:
    """Tell the other timeline entries: public updates, notes, and whatever else there is, by number."""
    told = left.take_entries("communication")
    by_audience = Counter("public" if entry.get("audience") == "public" else "other" for entry in told)
    if by_audience["public"]:
        yield Said("with public updates", number_of(by_audience["public"], "public update"))
    if by_audience["other"]:
        yield Said(
            "with updates", number_of(by_audience["other"], "update to those concerned", "updates to those concerned")
        )
    left.take_entries("created")
    counts = Counter(str(entry.get("type")) for entry in left.entries)
    left.take_entries(*counts)
    for type_, count in counts.items():
        one, many = _WORDS.get(type_, (f"entry “{type_}”", f"entries “{type_}”"))
        yield Said(f"with {many}", number_of(count, one, many))
    rewritten = len(left.rewritten)
    for count, word in ((rewritten, "rewritten"), (len(left.edit.lost) - rewritten, "taken out")):
        if count:
            entries = number_of(count, "timeline entry", "timeline entries")
            yield Said(f"with timeline entries {word}", f"{entries} {word}")
