"""The page of one record on the internal site: everything it says, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.record import Record
from itsm_as_code.site.edition import Anchor, Edition
from itsm_as_code.site.graph import Drawing, drawing
from itsm_as_code.site.moments import Moment
from itsm_as_code.site.page import list_path, root_of
from itsm_as_code.site.tones import Chip, level_chip, priority_chip, state_chip
from itsm_as_code.site.values import value_reader
from itsm_as_code.site.views.chronicle import Chronicle, chronicle
from itsm_as_code.site.views.facts import Facts, facts
from itsm_as_code.site.views.findings import WaiverNote, waiver_note
from itsm_as_code.site.views.relations import Relations, relations
from itsm_as_code.snapshot import derive


@dataclass(frozen=True, slots=True)
class Because:
    """Why a service is not operational."""

    chip: Chip
    cause: Anchor
    since: Moment | None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding of the record."""

    severity: str
    rule: str
    message: str
    line: int
    waiver: WaiverNote | None
    known: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """A valid record that may be shown."""

    title: str
    id: str
    kind: str
    list_href: str
    list_label: str
    about_href: str
    state: Chip | None
    meaning: str
    visibility: str
    chips: tuple[Chip, ...]
    because: tuple[Because, ...]
    facts: Facts
    relations: Relations
    chronicle: Chronicle
    graph: Drawing | None
    findings: tuple[FindingLine, ...]
    file: str


@dataclass(frozen=True, slots=True)
class StubView:
    """A record of which only the id is shown."""

    id: str
    kind: str
    list_href: str
    list_label: str


@dataclass(frozen=True, slots=True)
class InvalidView:
    """A record that is not valid: what is wrong with it, and its text as it is."""

    id: str
    kind: str
    list_href: str
    list_label: str
    file: str
    findings: tuple[FindingLine, ...]
    source: str


def record_view(edition: Edition, record: Record, path: str) -> RecordView:
    """Return the view of a valid record that may be shown; `path` is its page's."""
    root = root_of(path)
    reader = value_reader(edition, record, root)
    known = record.lifecycle_state
    drawn = record.kind.name in edition.dependencies.kinds
    return RecordView(
        title=record.title,
        id=record.id,
        kind=record.kind.title,
        list_href=root + list_path(record.kind.folder, 1),
        list_label=_sentence(record.kind.plural),
        about_href=f"{root}about-{record.kind.name}.html",
        state=state_chip(record),
        meaning=known.meaning if known is not None else "",
        visibility=record.visibility,
        chips=tuple(_chips(edition, record)),
        because=because(edition, record.address, root),
        facts=facts(edition, record, reader),
        relations=relations(edition, record.address, root),
        chronicle=chronicle(edition, record, reader),
        graph=drawing(edition, record.address, root) if drawn else None,
        findings=finding_lines(edition, record, root_of(path)),
        file=record.file,
    )


def stub_view(record: Record, path: str) -> StubView:
    """Return the view of a record whose content is withheld."""
    folder = root_of(path) + list_path(record.kind.folder, 1)
    return StubView(record.id, record.kind.title, folder, _sentence(record.kind.plural))


def invalid_view(edition: Edition, record: Record, path: str) -> InvalidView:
    """Return the view of a record that is not valid; its text as UTF-8, wrong bytes as replacement characters."""
    stub = stub_view(record, path)
    text = edition.snapshot.texts.get(record.file, b"").decode("utf-8", "replace")
    return InvalidView(
        id=record.id,
        kind=stub.kind,
        list_href=stub.list_href,
        list_label=stub.list_label,
        file=record.file,
        findings=finding_lines(edition, record, root_of(path)),
        source="\n".join(_visible(line) for line in text.splitlines()),
    )


def _visible(line: str) -> str:
    """Return a line without what HTML forbids: control characters become replacement characters."""
    return "".join(letter if letter.isprintable() or letter == "\t" else "\ufffd" for letter in line.rstrip())


def finding_lines(edition: Edition, record: Record, root: str) -> tuple[FindingLine, ...]:
    """Return the record's findings for printing, in their order."""
    return tuple(
        FindingLine(
            found.severity,
            found.rule,
            found.message,
            found.place.line,
            waiver_note(edition, found, root),
            found.known,
        )
        for found in edition.findings_of.get(record.address, ())
    )


def _chips(edition: Edition, record: Record) -> Sequence[Chip]:
    chips = []
    priority = priority_chip(derive.priority(record, edition.snapshot.config))
    if priority is not None:
        chips.append(priority)
    standing = edition.overview.standings.get(record.address)
    if standing is not None:
        chips.append(level_chip(standing.level))
    course = edition.overview.episodes.get(record.address)
    if course is not None and course.is_open(edition.now):
        level = course.level(edition.now)
        if level != "operational":
            chips.append(level_chip(level))
    return chips


def because(edition: Edition, address: str, root: str) -> tuple[Because, ...]:
    """Return why a service is not operational, gravest first; nothing where it is, or for other kinds."""
    standing = edition.overview.standings.get(address)
    return tuple(
        Because(
            level_chip(reason.level),
            edition.anchor(reason.cause, root),
            edition.clock.moment(reason.since) if reason.since else None,
        )
        for reason in (standing.reasons if standing is not None else ())
        if reason.cause
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
