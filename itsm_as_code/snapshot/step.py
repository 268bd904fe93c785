"""The step: two snapshots, before and after, with what differs between them record by record."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from itsm_as_code.model.commit import Commit
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.difference import RecordEdit, record_edit
from itsm_as_code.snapshot.following import with_links_by_id
from itsm_as_code.snapshot.snapshot import Snapshot

_ALIKE = 0.5
"""The part of two records' fields that is the same where one is the other under a new id."""


@dataclass(frozen=True)  # not slotted, as what is cached needs a place
class Step:
    """Two snapshots of one repository, and the commits between where git has them.

    `commits` are oldest first; None where nobody knows them (a working tree that is not committed, two trees in
    memory): rules that need them do not run then.
    """

    base: Snapshot
    head: Snapshot
    commits: Sequence[Commit] | None = None

    @cached_property
    def edits(self) -> Mapping[str, RecordEdit]:
        """What differs, by address: the records of head in their order, then those that are gone."""
        return {edit.address: edit for edit in self._edits()}

    @cached_property
    def files(self) -> frozenset[str]:
        """The records' and entries' files that differ in any byte, those that are only in one of both among them."""
        old, new = self.base.texts, self.head.texts
        return frozenset(file for file in old.keys() | new.keys() if old.get(file) != new.get(file))

    @cached_property
    def renumbered(self) -> Mapping[str, str]:
        """The records that have a new id, as old address → new address.

        One that is gone and one that is new are the same record where they are of a kind, bear the same title and
        have half of their fields in common, and no other comes into question.
        """
        gone, new = (self._by_title(removed=removed) for removed in (True, False))
        return {
            gone[key][0].address: new[key][0].address
            for key in gone
            if len(gone[key]) == 1 and len(new.get(key, ())) == 1 and _alike(gone[key][0], new[key][0])
        }

    @cached_property
    def continued(self) -> Sequence[RecordEdit]:
        """The edits of records that both ends have and that were read to their end, as rules judge them.

        A record with a new id is the same record still. A link that names the same record by another name is no edit:
        by its id in place of an alias, or by the new id of a record that got one.
        """
        return list(self._continued())

    def _continued(self) -> Iterator[RecordEdit]:
        before_new_id = {new: self.base.records[old] for old, new in self.renumbered.items()}
        for edit in self.edits.values():
            old = before_new_id.get(edit.address, edit.base)
            if old is None or edit.head is None or not (old.whole and edit.head.whole):
                continue
            before = with_links_by_id(old, self.base, self.renumbered)
            after = with_links_by_id(edit.head, self.head, {})
            if before is edit.base and after is edit.head:
                yield edit
            else:
                found = record_edit(before, after)
                if found is not None:
                    yield found

    def _edits(self) -> Iterator[RecordEdit]:
        old, new = self.base.records, self.head.records
        for address in dict.fromkeys((*new, *old)):
            before, after = old.get(address), new.get(address)
            if before is not after and not self._same_bytes(before, after):
                edit = record_edit(before, after)
                if edit is not None:
                    yield edit

    def _same_bytes(self, before: Record | None, after: Record | None) -> bool:
        if before is None or after is None or not before.whole or before.files != after.files:
            return False
        return self.files.isdisjoint(before.files)

    def _by_title(self, *, removed: bool) -> Mapping[tuple[str, str], Sequence[Record]]:
        found: dict[tuple[str, str], list[Record]] = defaultdict(list)
        for edit in self.edits.values():
            if edit.is_removed if removed else edit.is_added:
                found[edit.record.kind.name, edit.record.title].append(edit.record)
        return found


def _alike(old: Record, new: Record) -> bool:
    # The title is the same to begin with, and an alias may be what remembers the old id.
    names = (old.fields.keys() | new.fields.keys()) - {"id", "aliases", old.kind.title_field}
    same = [name for name in names if old.fields.get(name) == new.fields.get(name)]
    return len(same) >= len(names) * _ALIKE
