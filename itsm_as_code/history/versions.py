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
        self._whole_or_not: dict[str, Record | None] = {}
        self._records: dict[str, Record | None] = {}

    def after(self, step: str | None) -> Record | None:
        """Return what the record says after a step; None where it is not there."""
        if step is None:
            return None
        if step not in self._records:
            self._records[step] = self._last_readable(step)
        return self._records[step]

    def is_read(self, step: str | None) -> bool:
        """Return whether the record can be read as it is after a step, or is not there."""
        record = None if step is None else self._as_it_is(step)
        return record is None or record.whole

    def _last_readable(self, step: str) -> Record | None:
        earlier: str | None = step
        while earlier is not None:
            if self.is_read(earlier):
                return self._as_it_is(earlier)
            earlier = next((before for before in self._track.before(earlier) if before is not None), None)
        return self._as_it_is(step)

    def _as_it_is(self, step: str) -> Record | None:
        if step not in self._whole_or_not:
            self._whole_or_not[step] = self.of_files(self._track.files(step))
        return self._whole_or_not[step]

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

    def _document(self, path: str, blob: str) -> Document:
        key = path, blob
        if key not in self._documents:
            self._documents[key] = read_document(path, self._contents[blob])
        return self._documents[key]
