"""An edition: what one build is made from, with everything that more than one page needs, worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.record import Record
from itsm_as_code.site.dependencies import Dependencies, dependencies
from itsm_as_code.site.discretion import discreet
from itsm_as_code.site.moments import Clock, clock
from itsm_as_code.site.page import record_path
from itsm_as_code.site.shapes import Shape, shape_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience
from itsm_as_code.status.overview import Overview, overview


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link from one page to a record's page; without `href` where it has none."""

    address: str
    text: str
    """The record's title; its address where the title is withheld."""
    href: str
    withheld: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What the box of a record says in a graph."""

    text: str
    """Its title; its address where that is withheld."""
    short: str
    """As much of it as the box holds."""
    full: str
    """The title with the address."""
    note: str
    """What it is and how it is; `short_note` is as much of it as the box holds."""
    short_note: str
    tone: str


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """One build of the internal site: a snapshot at a moment for the internal or restricted audience."""

    snapshot: Snapshot
    now: datetime
    audience: Audience
    clock: Clock
    overview: Overview
    dependencies: Dependencies
    shapes: Mapping[str, Shape]
    """Kind → the shape of its records."""
    paths: Mapping[str, str]
    """Address → path of the record's page, for the records that have one, in file order."""
    withheld: frozenset[str]
    """Addresses of the records of which nothing but the id is shown."""
    findings: Sequence[Finding]
    """Told with discretion: without what they say of withheld records."""
    findings_of: Mapping[str, Sequence[Finding]]
    """Address → its findings."""
    labels: dict[str, Label] = field(default_factory=dict)
    """Address → its label, for those that were asked for already."""

    def anchor(self, address: str, root: str) -> Anchor:
        """Return the link to a record, from a page whose way to the build's folder is `root`."""
        record = self.snapshot.records.get(address)
        hidden = address in self.withheld
        path = self.paths.get(address)
        text = address if record is None or hidden else record.title
        return Anchor(address, text, root + path if path else "", hidden)

    def shown(self, address: str) -> Record | None:
        """Return the record if its content may be shown and can be trusted to have the types of its kind."""
        record = self.snapshot.records.get(address)
        return record if record is not None and record.valid and address not in self.withheld else None

    def shown_of(self, kind: str) -> Sequence[Record]:
        """Return the valid records of a kind whose content may be shown, sorted by id."""
        return [record for record in self.snapshot.of(kind) if record.address not in self.withheld]


def edition(snapshot: Snapshot, now: datetime, audience: Audience, findings: Sequence[Finding]) -> Edition:
    """Return the edition; `now` is aware, `findings` are those of the snapshot."""
    hidden = [
        record
        for record in snapshot.all_records
        if audience != "restricted" and is_withheld(record, snapshot.texts.get(record.file, b""))
    ]
    withheld = frozenset(record.address for record in hidden)
    files = _withheld_files(snapshot, hidden, findings) if audience != "restricted" else frozenset[str]()
    told = discreet(findings, snapshot, withheld, files)
    by_record: dict[str, list[Finding]] = {}
    for finding in told:
        by_record.setdefault(finding.record, []).append(finding)
    return Edition(
        snapshot=snapshot,
        now=now,
        audience=audience,
        clock=clock(snapshot.config.time_zone),
        overview=overview(snapshot, now, audience, withheld),
        dependencies=dependencies(snapshot, lambda record: record.valid and record.address not in withheld),
        shapes={name: shape_of(kind.schema) for name, kind in snapshot.kinds.items()},
        paths={record.address: path for record in snapshot.records.values() if (path := record_path(record))},
        withheld=withheld,
        findings=told,
        findings_of=by_record,
    )


def _withheld_files(snapshot: Snapshot, hidden: Sequence[Record], findings: Sequence[Finding]) -> frozenset[str]:
    """Return the files of withheld records, and those that are no record's but hold the word."""
    known = {record.file for record in snapshot.all_records}
    stray = {finding.place.file for finding in findings} - known
    unseen = {record.address for record in hidden}
    entries = {file for file, address in snapshot.entry_files.items() if address in unseen}
    return frozenset(
        {record.file for record in hidden}
        | entries
        | {file for file in stray if _says_restricted(snapshot.texts.get(file, b""))}
    )


def _says_restricted(text: bytes) -> bool:
    return b"restricted" in text.replace(b"\0", b"").lower()


def is_withheld(record: Record, text: bytes) -> bool:
    """Return whether only the id of the record may be shown to those who see what is internal.

    A record that cannot be read may be meant as restricted: it is withheld where its bytes hold that word.
    """
    if record.visibility == "restricted":
        return True
    return not record.valid and _says_restricted(text)
