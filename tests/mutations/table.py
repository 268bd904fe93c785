"""What a row of the table of mutations says, and how a copy of the sample is broken by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.finding import Severity
from itsm_as_code.sources.source import Entry, FileType


@dataclass(frozen=True, slots=True)
class Edit:
    """A text of one file, which occurs in it once, becomes another; `where` is a record's address or a path."""

    where: str
    old: str | bytes
    new: str | bytes


@dataclass(frozen=True, slots=True)
class Append:
    """Lines are added at the end of a file."""

    where: str
    lines: str


@dataclass(frozen=True, slots=True)
class Add:
    """Something stands at a path where nothing stood."""

    path: str
    data: str | bytes = ""
    type: FileType = "file"


@dataclass(frozen=True, slots=True)
class Copy:
    """A file is copied, with one text of it, if any, becoming another."""

    where: str
    to: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Rename:
    """A file goes by another path."""

    where: str
    to: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A file is gone."""

    where: str


@dataclass(frozen=True, slots=True)
class Lock:
    """A file is there and may not be read."""

    where: str


Change = Edit | Append | Add | Copy | Rename | Delete | Lock


@dataclass(frozen=True, slots=True)
class Row:
    """One single mutation, and the one finding that it must give.

    The finding must stand exactly where `at` begins, a text that occurs in the broken file once; without it where an
    edit's new text begins. `found_in` is the file of the finding where it is not the one that is changed.
    """

    rule: str
    name: str
    change: Change
    at: str | bytes = ""
    found_in: str = ""
    severity: Severity | None = None


class BrokenCopy:
    """The sample's files after one change, as a source."""

    name = "broken copy"

    def __init__(self, files: Mapping[str, bytes], paths: Mapping[str, str], change: Change) -> None:
        self._files = dict(files)
        self._types: dict[str, FileType] = {}
        self._locked: set[str] = set()
        self._paths = paths
        self._apply(change)

    def entries(self) -> Sequence[Entry]:
        """Return every path with its type, sorted."""
        return [Entry(path, self._types.get(path, "file")) for path in sorted(self._files)]

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        """Yield each path with its bytes, or with why it cannot be read."""
        for path in paths:
            yield path, "permission denied" if path in self._locked else self._files[path]

    def path(self, where: str) -> str:
        """Return the path of an address; what is none is a path."""
        return self._paths.get(where, where)

    def place(self, row: Row) -> tuple[str, int, int]:
        """Return file, line and column (from 1, in letters) at which a row's finding must stand."""
        change = row.change
        file = self.path(row.found_in or _target(change))
        at = row.at or (change.new if isinstance(change, Edit) else "")
        if isinstance(change, Delete) and not row.found_in:
            # What is gone is told where it began.
            return file, 1, 1
        data, text = self._files[file], _bytes(at)
        assert data.count(text) == 1 or not text, f"{text!r} occurs {data.count(text)} times in {file}"
        before = data[: data.index(text)].decode(errors="replace")
        return file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1

    def _apply(self, change: Change) -> None:
        match change:
            case Edit(where, old, new):
                path = self.path(where)
                self._files[path] = _replaced(path, self._files[path], _bytes(old), _bytes(new))
            case Append(where, lines):
                self._files[self.path(where)] += lines.encode()
            case Add(path, data, type_):
                assert path not in self._files
                self._files[path], self._types[path] = _bytes(data), type_
            case Copy(where, to, old, new):
                assert to not in self._files
                data = self._files[self.path(where)]
                self._files[to] = _replaced(to, data, old.encode(), new.encode()) if old else data
            case Rename(where, to):
                assert to not in self._files
                self._files[to] = self._files.pop(self.path(where))
            case Delete(where):
                del self._files[self.path(where)]
            case Lock(where):
                self._locked.add(self.path(where))


def _target(change: Change) -> str:
    match change:
        case Edit(where=where) | Append(where=where) | Delete(where=where) | Lock(where=where):
            return where
        case Add(path=path) | Copy(to=path) | Rename(to=path):
            return path


def _replaced(path: str, data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1, f"{old!r} occurs {data.count(old)} times in {path}"
    return data.replace(old, new)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
