"""The facts of a record: its fields in the schema's order, long ones as sections, with what is computed from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.course import felt_words
from itsm_as_code.site.edition import Edition
from itsm_as_code.site.moments import duration_words
from itsm_as_code.site.shapes import Shape
from itsm_as_code.site.values import Value, ValueReader, ordered
from itsm_as_code.snapshot import derive
from itsm_as_code.snapshot.seats import number_in_use

# Shown elsewhere on the page: as its heading, beside it, or as the timeline. What an import notes for itself is not.
_ELSEWHERE = frozenset({"kind", "id", "state", "visibility", "timeline", "x-import"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One field with its label; `help` is the schema's description of it."""

    label: str
    help: str
    value: Value
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a record says besides its timeline."""

    lead: Value | None
    """The description."""
    short: tuple[Fact, ...]
    long: tuple[Fact, ...]
    """Fields that want a section of their own."""


def facts(edition: Edition, record: Record, reader: ValueReader) -> Facts:
    """Return the facts of a valid record."""
    shape = edition.shapes[record.kind.name]
    short = list(_computed(edition, record, shape, reader))
    long: list[Fact] = []
    lead = None
    for name in ordered(record.fields, shape):
        if name in _ELSEWHERE or name == record.kind.title_field or _only_links(record, name):
            continue
        inside = shape.inside(name)
        fact = Fact(shape.label(name), inside.help, reader.value(record.fields[name], (name,), inside))
        if name == "description":
            lead = fact.value
            continue
        (long if fact.value.is_long else short).append(fact)
    return Facts(lead, tuple(short), tuple(long))


def _only_links(record: Record, name: str) -> bool:
    """Return whether a field says nothing but links and what they are called: then they stand among the links."""
    named = [field for field in record.kind.links if field.path[0] == name]
    if not named or not all(field.named_by and field.path[:2] == (name, "*") for field in named):
        return False
    said = {word for field in named for word in (field.named_by, field.path[-1])}
    return all(item.keys() <= said for item in record.mappings(name))


def _computed(edition: Edition, record: Record, shape: Shape, reader: ValueReader) -> Iterator[Fact]:
    """Yield the derived facts that the record does not write itself."""
    if "impact" in shape.fields and "urgency" in shape.fields:
        priority = derive.priority(record, edition.snapshot.config)
        if priority is not None:
            yield Fact(
                "Priority", "From impact and urgency, or the override.", Value("text", f"P{priority}"), computed=True
            )
    if record.kind.logged and "opened_at" not in record.fields:
        at = parse_time(derive.opened_at(record) or "")
        if at is not None:
            moment = edition.clock.moment(at)
            yield Fact("Opened", "The time of the first timeline entry.", Value("time", moment=moment), computed=True)
    if record.kind.name == "licence":
        seats = Value("text", str(number_in_use(edition.snapshot, record)))
        yield Fact("Seats in use", "Blocks, and single seats of assets, requests and CIs.", seats, computed=True)
    yield from _reporter(record, reader)
    yield from _course(edition, record)


def _reporter(record: Record, reader: ValueReader) -> Iterator[Fact]:
    if record.kind.logged and "reported_by" not in record.fields and record.timeline:
        by = record.timeline[0].get("by")
        if isinstance(by, str):
            value = reader.value(by, ("timeline", 0, "by"), Shape())
            yield Fact("Reported by", "Who made the first timeline entry.", value, computed=True)


def _course(edition: Edition, record: Record) -> Iterator[Fact]:
    course = edition.overview.episodes.get(record.address)
    if course is None or course.start is None:
        return
    now, end, impact = edition.now, course.end(edition.now), course.impact(edition.now)
    if impact is not None:
        until = f" to {edition.clock.until(impact.end, impact.start).local}" if impact.end is not None else ""
        words = f"{felt_words(impact, now)}, from {edition.clock.moment(impact.start).local}{until}"
        yield Fact("Impact", "While a level was declared.", Value("text", words), computed=True)
    if end is not None:
        told = "From its start until it was resolved."
        yield Fact("Open for", told, Value("text", length(end - course.start)), computed=True)
    elif course.is_open(now):
        yield Fact("Open for", "Since its start.", Value("text", length(now - course.start)), computed=True)


def length(span: timedelta) -> str:
    """Return a duration in words; what runs backwards says so."""
    return duration_words(span) if span >= timedelta(0) else "not known: the end is before the start"


def field_facts(shape: Shape, path: Sequence[str] = ()) -> Iterator[tuple[str, Shape]]:
    """Yield dotted field path and shape of every field below a shape, in the schema's order."""
    for name, inner in shape.fields.items():
        here = (*path, name)
        yield ".".join(here), inner
        yield from field_facts(inner, here)
        if inner.item is not None:
            yield from field_facts(inner.item, (*path, f"{name}[]"))
