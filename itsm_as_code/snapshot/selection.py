"""Which records a question is about."""

from collections.abc import Iterator

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot


def valid_records(snapshot: Snapshot) -> Iterator[Record]:
    """Yield the records whose schema accepts them, in file order."""
    return (record for record in snapshot.records.values() if record.valid)


def all_read(snapshot: Snapshot, *kinds: str) -> bool:
    """Return whether every record of the kinds was read to its end; a link that seems to be missing may stand there."""
    return all(record.whole for record in snapshot.records.values() if record.kind.name in kinds)


def sources(snapshot: Snapshot, target: Record, field: str) -> Iterator[Record]:
    """Yield the records that name `target` in their `field`: the changes whose `fixes` names an incident."""
    for link in snapshot.graph.incoming.get(target.address, ()):
        if link.path[0] == field:
            yield snapshot.records[link.source]


def targets(snapshot: Snapshot, source: Record, field: str) -> Iterator[Record]:
    """Yield the records that `source` names in its `field`; links that lead nowhere are left out."""
    for link in snapshot.graph.outgoing.get(source.address, ()):
        if link.path[0] == field and link.target is not None:
            yield snapshot.records[link.target]


def related(snapshot: Snapshot, record: Record, kind: str) -> Iterator[Record]:
    """Yield the records of a kind that free `links` tie to the record, whichever of the two states the link."""
    for follow in (sources, targets):
        yield from (other for other in follow(snapshot, record, "links") if other.kind.name == kind)


def problems_of(snapshot: Snapshot, incident: Record) -> Iterator[Record]:
    """Yield the problems that list an incident or are linked with it; canceled ones are left out."""
    listing = (problem for problem in sources(snapshot, incident, "incidents") if problem.kind.name == "problem")
    for problem in (*listing, *related(snapshot, incident, "problem")):
        if problem.state != "canceled":
            yield problem
