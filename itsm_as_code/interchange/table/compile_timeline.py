"""Compiles how a map makes timelines: entries, logs, journals."""

from collections.abc import Mapping
from typing import Any

from itsm_as_code.interchange.table.compile_value import Values
from itsm_as_code.interchange.table.plan import EntryPlan, JournalPlan, LogPlan, TimelinePlan, Value
from itsm_as_code.interchange.table.shape import RAW, Shape
from itsm_as_code.interchange.table.timelines import HEADING
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.suggest import did_you_mean

_OWN = ("type", "drop", "at", "by", "when")


def compile_timeline(words: Mapping[str, Any], path: FieldPath, values: Values, kind: Kind) -> TimelinePlan:
    """Return the plan of a timeline for records of the kind out of rows of the source that is read."""
    entry = Shape.of(kind).field("timeline").item
    for state in (*words.get("reached", {}), *words.get("way", ())):
        if state not in kind.states:
            where = "reached" if state in words.get("reached", {}) else "way"
            values.fault((*path, where), f"there is no state {state}{did_you_mean(state, kind.states)}")
    return TimelinePlan(
        opened=values.value(words["opened"], (*path, "opened")) if "opened" in words else None,
        by=values.value(words["by"], (*path, "by"), entry.field("by")) if "by" in words else None,
        reached={
            state: values.value(value, (*path, "reached", state)) for state, value in words.get("reached", {}).items()
        },
        way=tuple(words.get("way", ())),
        entries=tuple(
            compile_entry(one, (*path, "entries", number), values, entry, kind)
            for number, one in enumerate(words.get("entries", ()))
        ),
        log=_log(words["log"], (*path, "log"), values, entry, kind) if "log" in words else None,
        journals=tuple(
            _journal(one, (*path, "journals", number), values, entry, kind)
            for number, one in enumerate(words.get("journals", ()))
        ),
    )


def compile_entry(words: Mapping[str, Any], path: FieldPath, values: Values, shape: Shape, kind: Kind) -> EntryPlan:
    """Return the plan of one entry."""
    if ("type" in words) == ("drop" in words):
        values.fault(path, "an entry has a type, or says why it is none: drop")
    type_ = words.get("type", "note")
    to = words.get("to")
    if type_ == "transition" and isinstance(to, str) and "{" not in to and to not in kind.states:
        values.fault((*path, "to"), f"there is no state {to}{did_you_mean(to, kind.states)}")
    fields: dict[str, Value] = {}
    for name, spec in words.items():
        if name not in _OWN:
            to_state = name == "to" and type_ == "transition"
            fields[name] = values.value(spec, (*path, name), RAW if to_state else shape.field(name))
    return EntryPlan(
        type=type_,
        fields=fields,
        at=values.value(words["at"], (*path, "at")) if "at" in words else None,
        by=values.value(words["by"], (*path, "by"), shape.field("by")) if "by" in words else None,
        when=values.conditions(words.get("when", {})),
        drop=words.get("drop", ""),
    )


def _log(words: Mapping[str, Any], path: FieldPath, values: Values, shape: Shape, kind: Kind) -> LogPlan:
    with values.reading(words["from"], (*path, "from")):
        return LogPlan(
            source=words["from"],
            key=values.value(words["key"], (*path, "key")),
            at=values.value(words["at"], (*path, "at")),
            by=values.value(words["by"], (*path, "by"), shape.field("by")) if "by" in words else None,
            order=tuple(
                values.template(text, (*path, "order", number)) for number, text in enumerate(words.get("order", ()))
            ),
            event=values.template(words["event"], (*path, "event")),
            events={
                name: compile_entry(one, (*path, "events", name), values, shape, kind)
                for name, one in words.get("events", {}).items()
            },
            otherwise=compile_entry(words["otherwise"], (*path, "otherwise"), values, shape, kind),
        )


def _journal(words: Mapping[str, Any], path: FieldPath, values: Values, shape: Shape, kind: Kind) -> JournalPlan:
    text = values.template(words["from"], (*path, "from"))
    heading = values.pattern(words["heading"], (*path, "heading")) if "heading" in words else HEADING
    if "at" not in heading.groupindex:
        values.fault((*path, "heading"), "the heading's expression needs a group (?P<at>…), the time of the note")
    with values.reading("", path, journal=True):
        entry = words.get("entry", {"type": "note", "text": "{note}"})
        return JournalPlan(
            text=text,
            entry=compile_entry(entry, (*path, "entry"), values, shape, kind),
            heading=heading,
            by=values.value(words["by"], (*path, "by"), shape.field("by")) if "by" in words else None,
        )
