"""Which records a question is about."""

from collections.abc import Iterator

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot


def valid_records(snapshot: Snapshot) -> Iterator[Record]:
    """Yield the records whose schema accepts them, in file order."""
    return (record for record in snapshot.records.values() if record.valid)
