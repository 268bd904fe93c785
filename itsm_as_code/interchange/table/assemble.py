"""Assembles records: rows of one key, from wherever they come, become one draft."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.interchange.draft import Draft
from itsm_as_code.interchange.table.convert import clipped
from itsm_as_code.interchange.table.identities import Identities
from itsm_as_code.interchange.table.plan import Plan, RecordPlan
from itsm_as_code.interchange.table.remarks import RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.interchange.table.shape import RAW, Shape
from itsm_as_code.interchange.table.timelines import Timelines
from itsm_as_code.interchange.table.values import Evaluator
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.words import with_article
from itsm_as_code.writing.ids import slug

_MIN_TITLE, _MAX_TITLE = 3, 120
_MAP = Row("map", 0, {})
"""The row of a record that the map itself tells."""


@dataclass(slots=True)
class _Pending:
    """A record that further rows may add to."""

    plan: RecordPlan
    row: Row
    key: str
    id: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Assembler:
    """Makes the drafts of one import."""

    plan: Plan
    kinds: Mapping[str, Kind]
    identities: Identities
    evaluator: Evaluator
    progress: Callable[[int, int], None]
    entries: int = 0
    used: set[int] = field(default_factory=set)
    """Rows that became a record, or an entry of one, by identity."""
    _pending: dict[tuple[str, str], _Pending] = field(default_factory=dict)
    _shapes: dict[str, Shape] = field(default_factory=dict)

    def drafts(self) -> Sequence[Draft]:
        """Return the drafts of all records, in the order of the map and its rows."""
        identified = [(plan, list(self._identified(plan))) for plan in self.plan.records]
        of, done = sum(len(rows) for _, rows in identified), 0
        timelines: list[Timelines] = []
        for plan, rows in identified:
            timeline = self._timelines(plan)
            timelines += [timeline] if timeline is not None else []
            for row, key, id_ in rows:
                self._add(plan, row, key, id_, timeline)
                done += 1
                self.progress(done, of)
        for timeline in timelines:
            self.entries += timeline.entries
            self.used |= timeline.used
            for row in timeline.strays():
                self.evaluator.skip(row, "", f"belongs to no {timeline.kind.name}: left out", "")
        authors = {address: name for timeline in timelines for address, name in timeline.authors.items()}
        return [*self._people(authors), *map(self._draft, self._pending.values())]

    def _timelines(self, plan: RecordPlan) -> Timelines | None:
        if plan.timeline is None:
            return None
        return Timelines(self.kinds[plan.kind], plan.timeline, self.evaluator, self._actor)

    @property
    def _actor(self) -> str:
        return f"person:{slug(self.plan.actor) or 'import'}"

    def _people(self, authors: Mapping[str, str]) -> Iterator[Draft]:
        """Yield the records of people whom timelines name and of whom no row tells: authors, and the import itself."""
        for address, name in authors.items():
            id_ = address.partition(":")[2]
            if ("person", id_) not in self._pending:
                yield Draft("person", id_, {"name": clipped(name, _MAX_TITLE)}, "notes")
        timelines = (one.fields.get("timeline", ()) for one in self._pending.values())
        if any(entry["by"] == self._actor for entries in timelines for entry in entries):
            description = "Stands for whoever did what the imported tables do not say."
            fields = {"name": self.plan.actor, "bot": True, "description": description}
            yield Draft("person", self._actor.partition(":")[2], fields, "map")

    def _identified(self, plan: RecordPlan) -> Iterator[tuple[Row, str, str]]:
        """Yield the rows that become records of a plan, each with its key and id."""
        if not plan.extend:
            self.identities.declare(plan.kind, plan.id.form)
        for row in self._rows(plan):
            if plan.when and not self.evaluator.holds(plan.when, row):
                continue
            key = self.evaluator.text(plan.key, row)
            if key is None:
                if not plan.optional:
                    columns = ", ".join(plan.key.text.columns) if plan.key.text else ""
                    self.evaluator.skip(
                        row, columns, f"is empty, and is the key of {with_article(plan.kind)}: left out", ""
                    )
                continue
            if plan.extend and not self.identities.knows(plan.kind, key):
                continue
            id_ = self._id(plan, row, key)
            if id_:
                self.used.add(id(row.above or row))
                yield row, key, id_

    def _rows(self, plan: RecordPlan) -> Iterator[Row]:
        if not plan.source:
            yield _MAP
            return
        for row in self.evaluator.tables[plan.source].rows:
            if plan.each:
                yield from row.items(plan.each)
            else:
                yield row

    def _id(self, plan: RecordPlan, row: Row, key: str) -> str:
        """Return the id of a key; empty where none can be made, which is told."""
        on = None
        is_new = not self.identities.holds(plan.kind, key)
        if plan.id.day is not None and is_new:
            moment = self.evaluator.moment(plan.id.day, row)
            if moment is None:
                self.evaluator.skip(row, "", f"has no day for the id of {with_article(plan.kind)}: left out", key)
                return ""
            on = moment.moment
        text = key if plan.id.text == plan.key else (self.evaluator.text(plan.id.text, row) if is_new else "") or key
        id_, guess = self.identities.give(plan, key, text, on)
        if guess:
            reason = f"cannot have the id of {with_article(plan.kind)} that its key asks for"
            self.evaluator.remarks.guessed.append(RowRemark(row.file, reason, row.number, value=f"{key!r} {guess}"))
        for name in plan.names:
            text = self.evaluator.text(name, row) or ""
            if text:
                self.identities.name(plan.kind, text, id_)
        return id_

    def _add(self, plan: RecordPlan, row: Row, key: str, id_: str, timelines: Timelines | None) -> None:
        kind = self.kinds[plan.kind]
        shape = self._shape(kind)
        found = {
            name: self.evaluator.value(value, row, RAW if name == kind.title_field else shape.field(name))
            for name, value in plan.fields.items()
        }
        found = {name: value for name, value in found.items() if value is not None}
        pending = self._pending.get((plan.kind, id_))
        if pending is not None:
            self._merge(pending, row, found)
            return
        if timelines is not None and not self._tell_story(timelines, row, key, found):
            self.evaluator.skip(row, "", f"tells no time at which the {plan.kind} was opened: left out", key)
            return
        self._pending[plan.kind, id_] = _Pending(plan, row, key, id_, found)

    def _tell_story(self, timelines: Timelines, row: Row, key: str, fields: dict[str, Any]) -> bool:
        """Add the timeline, and what follows from it, to the fields; return whether there is one."""
        story = timelines.timeline(row, key, fields.get("state", ""))
        if story is None:
            return False
        folded, opened = story
        fields["timeline"] = list(folded.entries)
        fields.setdefault("state", folded.state)
        if opened:
            fields["opened_at"] = opened
        handed = [str(entry["to"]) for entry in folded.entries if entry["type"] == "assigned"]
        if handed and "assignment" in self._shape(timelines.kind).names:
            # Who has it now is whom the log names last; the row may know better.
            word = handed[-1].partition(":")[0]
            fields["assignment"] = {word: handed[-1], **fields.get("assignment", {})}
        return True

    def _merge(self, pending: _Pending, row: Row, found: Mapping[str, Any]) -> None:
        """Add what a further row says: lists grow, of anything else the first word counts."""
        self._unite(pending.fields, found, pending, row, "")

    def _unite(self, fields: dict[str, Any], found: Mapping[str, Any], pending: _Pending, row: Row, above: str) -> None:
        for name, value in found.items():
            there = fields.get(name)
            if there is None:
                fields[name] = value
            elif isinstance(there, list) and isinstance(value, list):
                fields[name] = [*there, *(item for item in value if item not in there)]
            elif isinstance(there, dict) and isinstance(value, dict):
                fields[name] = inner = dict(there)
                self._unite(inner, value, pending, row, f"{above}{name}.")
            elif there != value:
                whose = f"{above}{name} of {with_article(pending.plan.kind)}"
                reason = f"{whose} differs from an earlier row: the first one taken"
                self.evaluator.guess(row, "", reason, f"{pending.id}: {value}")

    def _draft(self, pending: _Pending) -> Draft:
        plan, kind = pending.plan, self.kinds[pending.plan.kind]
        fields = self._titled(pending, kind)
        if plan.external:
            key: dict[str, Any] = {"system": plan.system, "id": pending.key}
            url = self.evaluator.text(plan.url, pending.row) if plan.url is not None else None
            key |= {"url": url} if url else {}
            state = kind.states.get(str(fields.get("state", kind.initial)))
            key |= {"history": True} if state is not None and state.final else {}
            fields["external"] = [key]
        row = pending.row
        return Draft(plan.kind, pending.id, fields, f"{row.file} row {row.number}" if row.number else row.file)

    def _shape(self, kind: Kind) -> Shape:
        if kind.name not in self._shapes:
            self._shapes[kind.name] = Shape.of(kind)
        return self._shapes[kind.name]

    def _titled(self, pending: _Pending, kind: Kind) -> dict[str, Any]:
        """Return the fields with a title of one line that fits; one that is cut stands whole in the description."""
        fields = dict(pending.fields)
        whole = str(fields.get(kind.title_field) or "")
        most = self._shape(kind).field(kind.title_field).most or _MAX_TITLE
        title = clipped(whole, most)
        if not title:
            title = pending.key
            self.evaluator.guess(pending.row, "", f"has no {kind.title_field}: its key taken", pending.key)
        if len(title) < _MIN_TITLE and kind.title_field == "title":
            reason = f"{kind.title_field} has fewer than {_MIN_TITLE} characters: put behind a word"
            self.evaluator.guess(pending.row, "", reason, title)
            title = f"{kind.title} {title}"
        if title.endswith("…") and not whole.endswith("…"):
            self.evaluator.guess(
                pending.row, "", f"{kind.title_field} has more than {most} characters: cut there", whole
            )
            fields.setdefault("description", whole)
        fields[kind.title_field] = clipped(title, most)
        return fields
