"""Which changes went into which commit: what somebody wrote within three quarters of an hour, one line of history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tools.sample_history.record import Event

WINDOW = timedelta(minutes=45)
"""How long somebody collects changes before they are committed."""
WRITING = timedelta(seconds=40)
"""Between the last change and its commit."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: what happened to some files between two moments, written on a branch and then merged."""

    number: int
    branch: str
    paths: frozenset[str]
    opened: datetime
    merged: datetime
    by: str
    reviewed: Sequence[str] = ()


@dataclass(slots=True)
class Commit:
    """Changes that are committed together, on `pull`'s branch or on the main one; or the merge of a pull request."""

    by: str
    pull: Pull | None
    events: Sequence[Event]
    at: datetime
    is_merge: bool = False

    def takes(self, event: Event, pull: Pull | None) -> bool:
        """Return whether an event may go into this commit: of one hand, on one branch, with the same people beside."""
        last = self.events[-1]
        return (self.by, self.pull, [*last.trailers]) == (event.by, pull, [*event.trailers])

    @property
    def paths(self) -> set[str]:
        """The files that it changes."""
        return {event.path for event in self.events}


def commits(events: Sequence[Event], pulls: Sequence[Pull]) -> Sequence[Commit]:
    """Return the commits in their order, each later than the one before it; `events` are in order."""
    done = sorted(_collected(events, pulls), key=lambda commit: (commit.at, commit.is_merge))
    for before, commit in pairwise(done):
        commit.at = max(commit.at, before.at + timedelta(seconds=1))
    return done


def _collected(events: Sequence[Event], pulls: Sequence[Pull]) -> Iterator[Commit]:
    by_path: Mapping[str, Sequence[Pull]] = {
        path: sorted((pull for pull in pulls if path in pull.paths), key=lambda pull: pull.merged)
        for pull in pulls
        for path in pull.paths
    }
    open_: list[Commit] = []
    for event in events:
        pull = next((pull for pull in by_path.get(event.path, ()) if pull.opened <= event.at <= pull.merged), None)
        ending = [
            commit
            for commit in open_
            if event.at > commit.events[0].at + WINDOW or (event.path in commit.paths and not commit.takes(event, pull))
        ]
        for commit in ending:
            open_.remove(commit)
            yield _ended(commit)
        mine = [commit for commit in open_ if commit.takes(event, pull)]
        if mine:
            mine[0].events = [*mine[0].events, event]
        else:
            open_.append(Commit(event.by, pull, [event], event.at))
    yield from map(_ended, open_)
    for pull in pulls:
        yield Commit(pull.by, pull, [], pull.merged + 3 * WRITING, is_merge=True)


def _ended(commit: Commit) -> Commit:
    commit.at = commit.events[-1].at + WRITING
    return commit
