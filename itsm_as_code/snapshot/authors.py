"""Who brought what a step adds: the commits that touched a file, and the people whose e-mail addresses they bear."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from email.utils import parseaddr

from itsm_as_code.model.commit import Commit
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import entry_folder
from itsm_as_code.snapshot.step import Step

_CO_AUTHOR = "co-authored-by"


class Authors:
    """Answers which commits may have brought an entry, and who their authors are; the commits are gone through once."""

    def __init__(self, step: Step) -> None:
        """Index the commits of the step; there are none where nobody knows them."""
        self._by_file: dict[str, list[Commit]] = defaultdict(list)
        self._by_folder: dict[str, list[Commit]] = defaultdict(list)
        self._people: dict[str, set[str]] = defaultdict(set)
        for commit in step.commits or ():
            for change in commit.changes:
                self._by_file[change.path].append(commit)
                self._by_folder[change.path.rpartition("/")[0]].append(commit)
        for snapshot in (step.base, step.head):
            for person in snapshot.of("person"):
                for email in person.strings("emails"):
                    self._people[email.strip().lower()].add(person.address)
        self._old_files = {new: step.base.records[old].file for old, new in step.renumbered.items()}

    @property
    def know_anybody(self) -> bool:
        """Whether any person of base or head has an e-mail address."""
        return bool(self._people)

    def commits(self, record: Record, position: int) -> Sequence[Commit]:
        """Return the commits one of which brought a timeline entry of head, oldest first.

        For an entry in a file of its own these are the ones that touched that file; else all that touched the record's
        file or an entry file of its own, which may have been folded in. A merge counts only where nothing else does.
        """
        file, _ = record.where(("timeline", position))
        found = {commit.id: commit for commit in self._by_file.get(file, ())}
        if file == record.file or not found:
            for own in (record.file, self._old_files.get(record.address, record.file)):
                touched = (*self._by_file.get(own, ()), *self._by_folder.get(entry_folder(own), ()))
                found |= {commit.id: commit for commit in touched}
        plain = [commit for commit in found.values() if len(commit.parents) < 2]  # noqa: PLR2004 - a merge has two
        return plain or list(found.values())

    def people(self, commit: Commit) -> frozenset[str]:
        """Return the addresses of the people who wrote a commit, its co-authors among them; empty if nobody knows."""
        return frozenset(address for email in _emails(commit) for address in self._people.get(email.lower(), ()))


def _emails(commit: Commit) -> Iterator[str]:
    yield commit.author_email.strip()
    for name, value in commit.trailers:
        if name.lower() == _CO_AUTHOR:
            yield parseaddr(value)[1]
