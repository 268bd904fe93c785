"""What of an edit is still to be told, so that each field and each timeline entry is told once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.additions import rewritten
from itsm_as_code.snapshot.difference import FieldEdit, RecordEdit


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that happened to a record.

    `words` go behind the record's name: ``assigned to team:web``. `sort` is what it has in common with its like, and
    goes behind a number of records: ``assigned``, ``with another owner``.
    """

    sort: str
    words: str


class Left:
    """The fields and timeline entries of an edit that nobody has told yet."""

    def __init__(self, edit: RecordEdit, zone: tzinfo) -> None:
        self.edit = edit
        self.zone = zone
        self._fields = {field.name: field for field in edit.fields}
        # An entry that was edited did not happen in this step: it is told as edited, not by what it says.
        self.rewritten = rewritten(edit)
        old = set(self.rewritten.values())
        self._entries = [
            entry for position, entry in zip(edit.added, edit.new_entries, strict=True) if position not in old
        ]

    @property
    def record(self) -> Record:
        """The record in head."""
        return self.edit.record

    @property
    def fields(self) -> Sequence[FieldEdit]:
        """The fields that are left, in the record's order."""
        return list(self._fields.values())

    @property
    def entries(self) -> Sequence[Mapping[str, Any]]:
        """The new timeline entries that are left, in order."""
        return list(self._entries)

    def take(self, name: str) -> FieldEdit | None:
        """Return the edit of a field by its dotted name and take it out; None where it did not change."""
        return self._fields.pop(name, None)

    def take_within(self, *path: str) -> Sequence[FieldEdit]:
        """Return the edits of a field and of all within it, and take them out."""
        found = [field for field in self._fields.values() if field.path[: len(path)] == path]
        for field in found:
            del self._fields[field.name]
        return found

    def take_entries(self, *types: str) -> Sequence[Mapping[str, Any]]:
        """Return the new timeline entries of some types and take them out."""
        found = [entry for entry in self._entries if entry.get("type") in types]
        self._entries = [entry for entry in self._entries if entry.get("type") not in types]
        return found
