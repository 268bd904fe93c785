"""The commits as `git fast-import` reads them: who, when, what was said, and the files as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tools.sample_history.commits import Commit, commits
from tools.sample_history.messages import merge_message, message
from tools.sample_history.record import Event
from tools.sample_history.story import Story


@dataclass(slots=True)
class _Line:
    """A branch while it grows: its last commit, and the last event of each file on it."""

    tip: int
    files: dict[str, Event]
    commits: list[Commit] = field(default_factory=list)


def stream(story: Story) -> bytes:
    """Return the whole history on `main`; raises ValueError where it does not end in the files as they are now."""
    return b"".join(_Stream(story).parts())


class _Stream:
    """The commits of a story, one after the other, numbered from 1."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._main = _Line(1, {})
        self._branches: dict[int, _Line] = {}
        self._people = {
            history.address: f"{history.values['name']} <{history.values['emails'][0]}>"
            for history in story.files.values()
            if history.folder == "people"
        }

    def parts(self) -> Iterator[bytes]:
        """Yield the pieces of the stream."""
        story = self._story
        events = sorted(
            (event for history in story.files.values() for event in history.events()),
            key=lambda event: (event.at, event.path, event.entries),
        )
        first = list(self._present(events))
        self._main.files.update({event.path: event for event in first})
        yield self._commit(Commit(story.by, None, first, story.begins), (), self._main, first)
        later = [event for event in events if event.at > story.begins]
        for number, commit in enumerate(commits(later, story.pulls), start=2):
            yield self._next(commit, number)
        for pull in story.pulls:
            # Merged branches are deleted.
            yield f"reset {_ref(pull.number)}\nfrom {'0' * 40}\n\n".encode()
        self._check()
        yield b"done\n"

    def _present(self, events: Sequence[Event]) -> Iterator[Event]:
        """Yield what the first commit has: each file that nothing brings later, as it was then."""
        for path, history in self._story.files.items():
            before = [event.entries for event in events if event.path == path and event.at <= self._story.begins]
            is_created = any(entry["type"] == "created" for entry in history.entries)
            if history.begins is None and (before or not is_created):
                entries = max(before, default=0)
                yield Event(self._story.begins, self._story.by, path, self._story.why, entries, is_told=True)

    def _next(self, commit: Commit, number: int) -> bytes:
        """Put a commit on its line, and return it."""
        line = self._main if commit.pull is None or commit.is_merge else self._branch(commit.pull.number)
        parents: tuple[int, ...] = (line.tip,)
        changed: Sequence[Event] = commit.events
        if commit.is_merge and commit.pull is not None:
            branch = self._branches[commit.pull.number]
            parents = (line.tip, branch.tip)
            changed = [branch.files[path] for path in sorted(commit.pull.paths)]
            commit.events = [event for one in branch.commits for event in one.events]
        line.commits.append(commit)
        line.files.update({event.path: event for event in changed})
        line.tip = number
        return self._commit(commit, parents, line, changed)

    def _branch(self, number: int) -> _Line:
        return self._branches.setdefault(number, _Line(self._main.tip, dict(self._main.files)))

    def _commit(self, commit: Commit, parents: Sequence[int], line: _Line, changed: Sequence[Event]) -> bytes:
        who = f"{self._people[commit.by]} {_stamp(commit.at)}"
        ref = "refs/heads/main" if line is self._main or commit.pull is None else _ref(commit.pull.number)
        head = f"commit {ref}\nmark :{line.tip}\nauthor {who}\ncommitter {who}\n"
        parts = [head.encode(), _data(self._message(commit))]
        parts += [f"{'merge' if count else 'from'} :{parent}\n".encode() for count, parent in enumerate(parents)]
        exists = {self._story.files[path].address for path in line.files}
        for path, event in {event.path: event for event in changed}.items():
            text = self._story.files[path].version(event.at, event.entries, exists)
            parts += [f"M 100644 inline {path}\n".encode(), _data(text)]
        return b"".join([*parts, b"\n"])

    def _message(self, commit: Commit) -> str:
        trailers = [(word, self._people[who]) for event in commit.events for word, who in event.trailers]
        if commit.is_merge and commit.pull is not None:
            subject = f"Merge pull request #{commit.pull.number} from {commit.pull.branch}"
            trailers += [("Reviewed-by", self._people[who]) for who in commit.pull.reviewed]
            return merge_message(subject, commit.events[0].said, trailers)
        said: dict[str, dict[str, None]] = {}
        for event in commit.events:
            said.setdefault(self._story.files[event.path].address, {})[event.said] = None
        told = [event.said for event in commit.events if event.is_told]
        return message({address: list(words) for address, words in said.items()}, told, trailers)

    def _check(self) -> None:
        """Raise ValueError where a file does not end as it is now."""
        exists = {self._story.files[path].address for path in self._main.files}
        for path, history in self._story.files.items():
            event = self._main.files.get(path)
            if event is None:
                raise ValueError(f"{path}: nothing brings it")
            told = history.version(event.at, event.entries, exists)
            if told != history.text:
                raise ValueError(f"{path}: its last version is not what the file says:\n{told}")


def _ref(number: int) -> str:
    return f"refs/pull/{number}/head"


def _stamp(at: datetime) -> str:
    return f"{int(at.timestamp())} {at:%z}"


def _data(text: str) -> bytes:
    data = text.encode()
    return b"data %d\n%b\n" % (len(data), data)
