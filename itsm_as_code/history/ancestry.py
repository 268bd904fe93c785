"""The ancestry of commits: lines of first parents, what merged what, and where two commits have parted."""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property


class Ancestry:
    """Every commit that a head descends from.

    A *line* is a commit with its first parent, that one's first parent and so on, down to a commit of another line
    (or to none). Line 0 is the head's: the branch as its merges see it.
    """

    def __init__(self, parents: Mapping[str, Sequence[str]]) -> None:
        """Take the parents of each commit, the head first and every commit before its parents."""
        self.parents = parents
        self.order = {commit: number for number, commit in enumerate(parents)}
        """Commit → its number: parents have greater ones."""
        self.spot: dict[str, tuple[int, int]] = {}
        """Commit → its line, and how many commits of the line are above it."""
        self.below: list[str | None] = []
        """Line → the commit of another line from which it went off."""
        for tip in parents:
            if tip not in self.spot:
                self._draw_line(tip)

    def _draw_line(self, tip: str) -> None:
        line, depth = len(self.below), 0
        commit: str | None = tip
        while commit is not None and commit not in self.spot:
            self.spot[commit] = line, depth
            depth += 1
            # A shallow clone does not have what is below its boundary.
            commit = next((parent for parent in self.parents[commit][:1] if parent in self.parents), None)
        self.below.append(commit)

    @cached_property
    def merges_of(self) -> Mapping[int, Sequence[str]]:
        """Line → the merges that took it into another line."""
        found: dict[int, list[str]] = defaultdict(list)
        for commit, parents in self.parents.items():
            for parent in parents[1:]:
                if parent in self.spot:
                    found[self.spot[parent][0]].append(commit)
        return found

    @cached_property
    def merged_by(self) -> Mapping[str, str]:
        """Commit of a side branch → the merge that brought it into the head's line."""
        found: dict[str, str] = {}
        main = [commit for commit, (line, _) in self.spot.items() if line == 0]
        for merge in reversed(main):
            waiting = list(self.parents[merge][1:])
            while waiting:
                commit = waiting.pop()
                if commit in found or commit not in self.parents or self.spot[commit][0] == 0:
                    continue
                found[commit] = merge
                waiting.extend(self.parents[commit])
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the newest commit that both descend from (or are); None where their histories share nothing."""
        seen: dict[str, int] = {one: 1}
        seen[other] = seen.get(other, 0) | 2
        waiting = [(self.order[commit], commit) for commit in seen]
        heapq.heapify(waiting)
        while waiting:
            _, commit = heapq.heappop(waiting)
            if seen[commit] == 3:  # noqa: PLR2004 - reached from both sides
                return commit
            for parent in self.parents[commit]:
                if parent not in self.order:
                    continue
                if parent not in seen:
                    heapq.heappush(waiting, (self.order[parent], parent))
                seen[parent] = seen.get(parent, 0) | seen[commit]
        return None
