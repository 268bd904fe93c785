"""The list pages of a kind: at most 200 records each, in the columns that the kind names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.page import list_path, root_of
from itsm_as_code.site.shapes import Shape
from itsm_as_code.site.tones import Chip, priority_chip, state_chip
from itsm_as_code.site.values import Value, ValueReader, value_reader
from itsm_as_code.site.words import label
from itsm_as_code.snapshot import derive

ROWS = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a chip, or a value."""

    label: str
    chip: Chip | None
    value: Value | None


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the link to it, and a cell for each column; `note` says why it has none."""

    anchor: Anchor
    id: str
    cells: tuple[Cell, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page of the list; `here` marks the one being read."""

    number: int
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One page of a list."""

    title: str
    description: str
    about_href: str
    total: int
    first: int
    last: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    pages: tuple[PageLink, ...]


def list_views(edition: Edition, kind: Kind) -> Iterator[tuple[str, ListView]]:
    """Yield path and view of each list page of a kind; an empty kind has one page."""
    records = _sorted(edition, kind)
    count = max(1, -(-len(records) // ROWS))
    shape = edition.shapes[kind.name]
    headers = tuple(label(column) if column in _COMPUTED else _header(shape, column) for column in kind.columns)
    root = root_of(list_path(kind.folder, 1))
    for number in range(1, count + 1):
        first = (number - 1) * ROWS
        shown = records[first : first + ROWS]
        yield (
            list_path(kind.folder, number),
            ListView(
                title=kind.plural[:1].upper() + kind.plural[1:],
                description=kind.description,
                about_href=f"{root}about-{kind.name}.html",
                total=len(records),
                first=first + 1,
                last=first + len(shown),
                headers=headers,
                rows=tuple(_row(edition, record, headers, root) for record in shown),
                pages=_page_links(count, number),
            ),
        )


_COMPUTED = frozenset({"state", "priority", "opened_at"})
_AROUND = 2


def _page_links(count: int, here: int) -> tuple[PageLink, ...]:
    """Return the links to the first, the last and the neighbouring pages; a gap is left where pages are skipped."""
    if count == 1:
        return ()
    wanted = sorted({1, count, *range(max(1, here - _AROUND), min(count, here + _AROUND) + 1)})
    return tuple(PageLink(number, list_path(".", number)[2:], number == here) for number in wanted)


def _header(shape: Shape, column: str) -> str:
    names = column.split(".")
    for name in names[:-1]:
        shape = shape.inside(name)
    known = shape.inside(names[-1]).title
    return known or label(" ".join(names))


def _sorted(edition: Edition, kind: Kind) -> Sequence[Record]:
    """Return the kind's records: dated ones newest first, others by id; those that cannot be read come last."""
    records = [record for record in edition.snapshot.records.values() if record.kind is kind]
    if kind.logged:
        return sorted(records, key=lambda record: (_newest(edition, record), record.id), reverse=True)
    return sorted(records, key=lambda record: (edition.shown(record.address) is None, record.id))


def _newest(edition: Edition, record: Record) -> float:
    if edition.shown(record.address) is None:
        return float("-inf")
    at = parse_time(derive.opened_at(record) or "")
    return at.timestamp() if at is not None else 0.0


def _row(edition: Edition, record: Record, headers: Sequence[str], root: str) -> Row:
    anchor = edition.anchor(record.address, root)
    if anchor.withheld:
        return Row(anchor, record.id, (), "Restricted")
    if not record.valid:
        return Row(anchor, record.id, (), "Not valid: see its findings")
    reader = value_reader(edition, record, root)
    columns = zip(record.kind.columns, headers, strict=True)
    return Row(anchor, record.id, tuple(_cell(edition, record, reader, name, header) for name, header in columns), "")


def _cell(edition: Edition, record: Record, reader: ValueReader, column: str, header: str) -> Cell:
    if column == "state":
        return Cell(header, state_chip(record), None)
    if column == "priority":
        return Cell(header, priority_chip(derive.priority(record, edition.snapshot.config)), None)
    shape, path = edition.shapes[record.kind.name], tuple(column.split("."))
    for name in path:
        shape = shape.inside(name)
    found = derive.opened_at(record) if column == "opened_at" else record.get(column)
    return Cell(header, None, reader.value(found, path, shape))
