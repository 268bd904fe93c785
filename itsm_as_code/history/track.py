"""The track of one record: which commits touched its files, and which files it had at each."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from itsm_as_code.history.ancestry import Ancestry
from itsm_as_code.model.commit import Commit, FileChange

Files = Mapping[str, str]
"""Path → blob id: what a record was made of."""


class Track:
    """The commits that made a record's files other than their first parent has them: a merge that brings an edit, too.

    `steps` are these commits, each before its parents.
    """

    def __init__(self, ancestry: Ancestry, touches: Iterable[tuple[Commit, Sequence[FileChange]]]) -> None:
        """Take the commits that touch the record, each before its parents, with the changes of its files alone."""
        self._ancestry = ancestry
        self._depths: dict[int, list[int]] = defaultdict(list)
        self._ids: dict[int, list[str]] = defaultdict(list)
        self.steps: dict[str, Commit] = {}
        changes = {}
        for commit, changed in touches:
            if not changed:
                continue
            line, depth = ancestry.spot[commit.id]
            self._depths[line].append(depth)
            self._ids[line].append(commit.id)
            self.steps[commit.id] = commit
            changes[commit.id] = changed
        self._files = self._files_of_steps(changes)

    def last(self, commit: str) -> str | None:
        """Return the step which made the record what it is at a commit; None where it is not there yet."""
        below: str | None = commit
        while below is not None and below in self._ancestry.spot:
            line, depth = self._ancestry.spot[below]
            at = bisect_left(self._depths[line], depth) if line in self._depths else 0
            if line in self._ids and at < len(self._ids[line]):
                return self._ids[line][at]
            below = self._ancestry.below[line]
        return None

    def files(self, step: str | None) -> Files:
        """Return the record's files after a step; none before the first."""
        return {} if step is None else self._files[step]

    def before(self, commit: str) -> Sequence[str | None]:
        """Return, for each parent of a commit, the step that made the record what it is there; one None for a root."""
        return [self.last(parent) for parent in self._ancestry.parents[commit]] or [None]

    def quiet_merges(self) -> Sequence[str]:
        """Return the merges that left the record as their first parent has it, though another parent may differ."""
        merges = {merge for line in self._lines() for merge in self._ancestry.merges_of.get(line, ())}
        return [merge for merge in merges - self.steps.keys() if len(set(self.before(merge))) > 1]

    def _lines(self) -> Iterator[int]:
        """Yield the lines with a step, and those that went off from a side line with one."""
        yield from self._ids
        if self._ids.keys() == {0}:
            return
        for line in range(len(self._ancestry.below)):
            if any(under in self._ids for under in self._under(line)):
                yield line

    def _under(self, line: int) -> Iterator[int]:
        """Yield the side lines from which a line went off, and those from which these did."""
        below = self._ancestry.below[line]
        while below is not None and (under := self._ancestry.spot[below][0]):
            yield under
            below = self._ancestry.below[under]

    def _files_of_steps(self, changes: Mapping[str, Sequence[FileChange]]) -> dict[str, Files]:
        found: dict[str, Files] = {}
        for step in reversed(self.steps):
            parents = self._ancestry.parents[step]
            before = self.last(parents[0]) if parents else None
            files = dict(found[before]) if before is not None else {}
            for change in changes[step]:
                if change.after:
                    files[change.path] = change.after
                else:
                    files.pop(change.path, None)
            found[step] = files
        return found
