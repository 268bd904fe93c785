"""Versions of one record: what it said after each commit that touched it, read from blobs."""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.history.identity import Identity
from itsm_as_code.history.track import Files, Track
from itsm_as_code.model.record import EntryFile, Record
from itsm_as_code.model.reference import owner_of_entry
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.snapshot.entries import fold

Blobs = Iterator[tuple[str, bytes]]
"""Blobs with their contents, in the order in which they were asked for."""


def blobs_of(track: Track) -> tuple[str, ...]:
    """Return every blob that the versions of a record are made of, each once."""
    return tuple(dict.fromkeys(blob for step in track.steps for blob in track.files(step).values()))


class Versions:
    """The record after each step of its track. One that cannot be read is taken to say what it said before."""

    def __init__(self, track: Track, identities: Sequence[Identity], contents: Mapping[str, bytes]) -> None:
        """Take the record's track, who it is (and was before: newest first), and the contents of its blobs."""
        self._identities = identities
        self._contents = contents
        self._documents: dict[tuple[str, str], Document] = {}
        self._track = track
        self._records: dict[str, Record | None] = {}
        self.unread: set[str] = set()
        """The steps after which it cannot be read."""
        for step in reversed(track.steps):
            self._records[step] = self._read(step)

    def after(self, step: str | None) -> Record | None:
        """Return what the record says after a step; None where it is not there."""
        return None if step is None else self._records[step]

    def of_files(self, files: Files) -> Record | None:
        """Return the record that these files are; None where its own is not among them."""
        who = next((who for who in self._identities if who.file in files), None)
        if who is None:
            return None
        document = self._document(who.file, files[who.file])
        parts = [self._document(path, blob) for path, blob in sorted(files.items()) if owner_of_entry(path) == who.file]
        fields, positions = fold(
            document.value, [EntryFile(part.file, part.value, part.marks) for part in parts if part.readable]
        )
        return Record(
            who.kind,
            who.id,
            who.file,
            fields,
            document.marks,
            # Nobody asks here whether its schema would accept it.
            valid=False,
            whole=document.readable,
            entry_files=positions,
            own=document.value if positions else None,
        )

    def _read(self, step: str) -> Record | None:
        record = self.of_files(self._track.files(step))
        if record is None or record.whole:
            return record
        self.unread.add(step)
        before = next((earlier for earlier in self._track.before(step) if earlier is not None), None)
        return self._records.get(before) if before is not None else record

    def _document(self, path: str, blob: str) -> Document:
        key = path, blob
        if key not in self._documents:
            self._documents[key] = read_document(path, self._contents[blob])
        return self._documents[key]
