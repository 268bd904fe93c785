"""Timelines: the steps of a record's story out of its row, its log and its notes, folded into entries."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from itsm_as_code.interchange.table.cells import shown
from itsm_as_code.interchange.table.fold import Folded, Step, fold
from itsm_as_code.interchange.table.plan import EntryPlan, JournalPlan, LogPlan, TimelinePlan, Value
from itsm_as_code.interchange.table.remarks import RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.interchange.table.shape import RAW, Shape
from itsm_as_code.interchange.table.template import parse_template
from itsm_as_code.interchange.table.values import Evaluator
from itsm_as_code.model.kind import Kind

_NEEDS = {
    "note": ("text",),
    "communication": ("text", "audience"),
    "transition": ("to",),
    "assigned": ("to",),
    "escalated": ("to",),
    "impact": ("services", "level"),
}


@dataclass(slots=True)
class Timelines:
    """Makes the timelines of the records of one plan."""

    kind: Kind
    plan: TimelinePlan
    evaluator: Evaluator
    actor: str
    """Address of who did what the files do not say."""
    entries: int = 0
    """How many entries were made so far."""
    used: set[int] = field(default_factory=set)
    """Rows of the log that belong to a record, by identity."""
    authors: dict[str, str] = field(default_factory=dict)
    """Address → name of people who wrote notes and whom no record is about."""
    _logged: Mapping[str, Sequence[Row]] | None = None
    _shape: Shape | None = None

    def timeline(self, row: Row, key: str, state: str) -> tuple[Folded, str] | None:
        """Return the timeline of a record, and when it was opened where that is not its first entry's time.

        None where nothing tells a time.
        """
        opened = self.evaluator.moment(self.plan.opened, row) if self.plan.opened is not None else None
        by = self._by(self.plan.by, row)
        steps: list[Step] = []
        if opened is not None:
            entry = {"at": opened.text, "by": by, "type": "created"}
            steps.append(Step(opened.moment, entry, row, soft=True))
        steps += self._reached(row)
        for entry_plan in self.plan.entries:
            step = self._step(entry_plan, row, None, by)
            steps += [step] if step is not None else []
        for journal in self.plan.journals:
            steps += self._notes(journal, row, by, opened.text if opened is not None else "")
        if self.plan.log is not None:
            steps += self._log(self.plan.log, key)
        if not steps:
            return None
        folded = fold(self.kind, steps, state, self.plan.way, self.actor)
        self.entries += len(folded.entries)
        self._tell(folded)
        begun = folded.entries[0]["at"]
        if opened is None or datetime.fromisoformat(begun) == opened.moment.replace(microsecond=0):
            return folded, ""
        self.evaluator.guess(
            row, "", "has entries before it was opened: its timeline begins with the first of them", opened.text
        )
        return folded, opened.text

    def strays(self) -> Iterator[Row]:
        """Yield the rows of the log that belong to no record."""
        if self.plan.log is not None:
            for row in self.evaluator.tables[self.plan.log.source].rows:
                if id(row) not in self.used:
                    yield row

    def _reached(self, row: Row) -> Iterator[Step]:
        for state, value in self.plan.reached.items():
            moment = self.evaluator.moment(value, row)
            if moment is not None:
                entry = {"at": moment.text, "by": self.actor, "type": "transition", "to": state}
                yield Step(moment.moment, entry, row, soft=True)

    def _log(self, log: LogPlan, key: str) -> Iterator[Step]:
        for row in self._rows_of(log).get(key, ()):
            self.used.add(id(row))
            event = self.evaluator.fill(log.event, row)
            plan = log.events.get(event or "") or log.otherwise
            if plan.drop:
                self._drop(row, plan.drop, event or "")
                continue
            sequence = tuple(self.evaluator.fill(template, row) or "" for template in log.order)
            step = self._step(plan, row, log.at, self._by(log.by, row), sequence)
            if step is not None:
                yield step

    def _rows_of(self, log: LogPlan) -> Mapping[str, Sequence[Row]]:
        if self._logged is None:
            found: dict[str, list[Row]] = {}
            for row in self.evaluator.tables[log.source].rows:
                key = self.evaluator.text(log.key, row)
                if key is not None:
                    found.setdefault(key, []).append(row)
            self._logged = found
        return self._logged

    def _step(
        self, plan: EntryPlan, row: Row, at: Value | None, by: str, sequence: tuple[str, ...] = ()
    ) -> Step | None:
        """Return the step that a plan makes of a row; None where it makes none, which is told where it should."""
        if plan.when and not self.evaluator.holds(plan.when, row):
            return None
        when = plan.at or at
        moment = self.evaluator.moment(when, row) if when is not None else None
        if moment is None:
            return None
        entry: dict[str, Any] = {"at": moment.text, "by": by if plan.by is None else self._by(plan.by, row)}
        entry["type"] = plan.type
        shape = self._entry_shape()
        for name, value in plan.fields.items():
            to_state = name == "to" and plan.type == "transition"
            found = self.evaluator.value(value, row, RAW if to_state else shape.field(name))
            if found is not None:
                entry[name] = found
        missing = [name for name in _NEEDS.get(plan.type, ()) if name not in entry]
        if missing:
            self._drop(row, f"says too little for an entry of type {plan.type}: it has no {missing[0]}", "")
            return None
        return Step(moment.moment, entry, row, sequence)

    def _notes(self, journal: JournalPlan, row: Row, by: str, opened: str) -> Iterator[Step]:
        """Yield a step for each note in a cell, which has its time and author above it."""
        text = self.evaluator.fill(journal.text, row) or ""
        headings = list(journal.heading.finditer(text))
        before = (text[: headings[0].start()] if headings else text).strip()
        if before and opened:
            self.evaluator.guess(row, "", "has a note without a time above it: the time of opening taken", before)
            yield from self._note(journal, Row(row.file, row.number, {"at": opened, "note": before}, row), by)
        ends = [*(heading.start() for heading in headings[1:]), len(text)]
        for heading, end in zip(headings, ends, strict=False):
            note = text[heading.end() : end].strip()
            if note:
                cells = {**heading.groupdict(), "note": note}
                yield from self._note(journal, Row(row.file, row.number, cells, row), by)

    def _note(self, journal: JournalPlan, row: Row, by: str) -> Iterator[Step]:
        author = by
        if journal.by is not None and row.cells.get("who"):
            author = self._by(journal.by, row)
            name = str(row.cells["who"])
            if author.startswith("person:") and not self.evaluator.identities.knows("person", name):
                self.authors.setdefault(author, name)
        step = self._step(journal.entry, row, _AT, author)
        if step is not None:
            yield step

    def _by(self, value: Value | None, row: Row) -> str:
        found = self.evaluator.value(value, row, self._entry_shape().field("by")) if value is not None else None
        return found if isinstance(found, str) else self.actor

    def _entry_shape(self) -> Shape:
        if self._shape is None:
            self._shape = Shape.of(self.kind).field("timeline").item
        return self._shape

    def _tell(self, folded: Folded) -> None:
        for note in folded.dropped:
            self._drop(note.row, note.reason, "")
        for note in folded.guessed:
            self.evaluator.guess(note.row, "", note.reason, "")

    def _drop(self, row: Row, reason: str, value: str) -> None:
        self.evaluator.remarks.folded.append(RowRemark(row.file, reason, row.number, value=shown(value)))


HEADING = re.compile(
    r"^(?P<at>\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?[APap][Mm])?) - [ \t]*+"
    r"(?P<who>\S++(?:[ \t]++\S++)*?)(?: \((?P<label>[^()\n]*+)\))?[ \t\r]*+$",
    re.MULTILINE,
)
"""The line above a note, as ServiceNow writes it: ``2026-03-04 10:00:00 - Alice Meier (Work notes)``.

Words are taken whole, so that no line of a hostile cell takes more than linear time.
"""

_AT = Value(text=parse_template("{at}"))
