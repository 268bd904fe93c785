"""A step as plain data: what became of each record, and what follows from it, as JSON gives it and text prints it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from itsm_as_code.model.link import Link
from itsm_as_code.model.place import format_path, printable
from itsm_as_code.model.record import Record
from itsm_as_code.reporters.diff_sentences import sentences
from itsm_as_code.reporters.impact_facts import about, tier_of
from itsm_as_code.snapshot.consequences import Consequences, Shift, consequences_of
from itsm_as_code.snapshot.derive import priority
from itsm_as_code.snapshot.difference import ABSENT, RecordEdit
from itsm_as_code.snapshot.places import Places
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step

Facts = Mapping[str, Any]
_KINDS = ("incident", "change", "service", "ci", "problem", "known-error", "request", "freeze", "contract", "licence")
"""Kinds in the order of what matters; all others come after them."""
_LOWEST = 9
"""Sorts after every priority."""


def diff_facts(step: Step) -> Facts:
    """Return what a step did and what follows from it; the order of files makes no difference."""
    records = [_record(step, edit, was) for edit, was in _edits(step)]
    ends = {name: sum(entry["edit"] == name for entry in records) for name in ("added", "changed", "removed")}
    return {
        "base": step.base.name,
        "head": step.head.name,
        "summary": ends,
        "records": sorted(records, key=lambda entry: _weight(step, entry)),
        "consequences": _consequences(step, consequences_of(step)),
    }


def is_empty(facts: Facts) -> bool:
    """Return whether nothing differs at all."""
    return not facts["records"] and not facts["consequences"]["judged_otherwise"]


def _edits(step: Step) -> Iterator[tuple[RecordEdit, str]]:
    """Yield the edits, each with the address that the record had before, if it has a new one."""
    renumbered = {new: old for old, new in step.renumbered.items()}
    continued = {edit.address: edit for edit in step.continued}
    for address, edit in step.edits.items():
        was = renumbered.get(address, "")
        before, after = step.base.records.get(was or address), edit.head
        if address in step.renumbered:
            continue
        if before is None or after is None or not (before.whole and after.whole):
            yield edit, was
        else:
            # Where nothing differs, other records got another id, or are named by it now.
            yield continued.get(address) or RecordEdit(address, before, after), was


def _record(step: Step, edit: RecordEdit, was: str) -> dict[str, Any]:
    record = edit.record
    snapshot = step.base if edit.is_removed else step.head
    zone = ZoneInfo(step.head.config.time_zone)
    return {
        "id": printable(record.address),
        "kind": record.kind.name,
        "title": record.title,
        "file": printable(record.file),
        "edit": "removed" if edit.is_removed else "added" if edit.is_added else "changed",
        "was": printable(was) or None,
        "state": record.state if record.kind.states else None,
        "visibility": record.visibility,
        "priority": priority(record, snapshot.config),
        "major": isinstance(record.fields.get("major"), dict),
        "says": [
            {"sort": said.sort, "words": said.words} for said in sentences(edit, step.head.config, zone, printable(was))
        ],
        "fields": [{"field": field.name, **_values(field.old, field.new)} for field in edit.fields],
        "entries": [dict(entry) for entry in edit.new_entries],
        "lost": [dict(edit.base.timeline[position]) for position in edit.lost] if edit.base is not None else [],
    }


def _values(old: object, new: object) -> dict[str, object]:
    """Return the values that are there; one that is absent is left out."""
    return {name: value for name, value in (("old", old), ("new", new)) if value is not ABSENT}


def _weight(step: Step, entry: Mapping[str, Any]) -> tuple[Any, ...]:
    kind = entry["kind"]
    place = _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
    record = step.head.records.get(entry["id"]) or step.base.records.get(entry["id"])
    grave = entry["priority"] if entry["priority"] is not None else _LOWEST
    if kind == "service" and record is not None:
        grave = tier_of(record)
    return (place, kind, not entry["major"], entry["visibility"] != "public", grave, entry["id"])


def _consequences(step: Step, found: Consequences) -> dict[str, Any]:
    reach = found.reach
    places = Places()
    return {
        "depends_on": [
            {**_about(step, service), **_shift(shift)} for service, shift in _by_tier(step, reach.depends_on)
        ],
        "impact_sets": [{**_about(step, part), **_shift(shift)} for part, shift in _by_tier(step, reach.impact_sets)],
        "single_points": {
            name: [
                {**_about(step, cause), "services": _printable(services)} for cause, services in _by_tier(step, points)
            ]
            for name, points in (("appeared", reach.appeared), ("gone", reach.gone))
        },
        "links": {
            "broken": [_link(step.head, link, places) for link in _sorted(found.broken)],
            "mended": [_link(step.base, link, places) for link in _sorted(found.mended)],
        },
        "judged_otherwise": [
            {
                "file": printable(each.file),
                "edit": each.edit,
                "severities": [
                    {"rule": rule, "old": old or None, "new": new or None}
                    for rule, (old, new) in (found.severities.items() if each.file == "itsm.yaml" else ())
                ],
            }
            for each in found.settings
        ],
    }


def _by_tier(step: Step, found: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    """Return what was found by address, services first, the best tier first."""
    return sorted(found.items(), key=lambda item: (tier_of(_either(step, item[0])), item[0]))


def _either(step: Step, address: str) -> Record:
    return step.head.records.get(address) or step.base.records[address]


def _about(step: Step, address: str) -> dict[str, Any]:
    return {**about(_either(step, address)), "id": printable(address)}


def _shift(shift: Shift) -> dict[str, Any]:
    return {"gained": _printable(shift.gained), "lost": _printable(shift.lost)}


def _printable(addresses: Sequence[str]) -> Sequence[str]:
    return [printable(address) for address in addresses]


def _sorted(links: Sequence[Link]) -> Sequence[Link]:
    return sorted(links, key=lambda link: (link.source, format_path(link.path)))


def _link(snapshot: Snapshot, link: Link, places: Places) -> dict[str, Any]:
    place = places.of(snapshot.records[link.source], link.path)
    return {
        "file": printable(place.file),
        "line": place.line,
        "column": place.column,
        "record": printable(link.source),
        "field": format_path(link.path),
        "to": link.text,
    }
