"""What every source of bytes offers: paths, file types and contents of one moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

FileType = Literal["file", "symlink", "submodule", "unreadable", "conflict"]

TYPES: Mapping[bytes, FileType] = {b"120000": "symlink", b"160000": "submodule"}
"""What stands at a path, by the mode that git gives it; any other mode is a file's."""

READ_AT_MOST = 2 * 1024 * 1024
"""Bytes of a file that a source hands out; more than any file of ours may have, so that a huge one is seen to be."""
_LONG = {"baseline.json": 17 * 1024 * 1024}
"""Files that may be longer, and how many bytes of them are handed out."""


def most_of(path: str) -> int:
    """Return how many bytes of a file a source hands out."""
    return _LONG.get(path, READ_AT_MOST)


@dataclass(frozen=True, slots=True)
class Entry:
    """A path below the repository's root (with ``/``) and what stands there.

    `unreadable` is a folder whose files cannot be listed; `why` says the reason. `conflict` is a file that a merge
    leaves undecided, read as our side has it; `why` says what both sides did and what to do.
    """

    path: str
    type: FileType = "file"
    why: str = ""


class Source(Protocol):
    """Bytes of one moment: a working tree, a revision, or memory."""

    @property
    def name(self) -> str:
        """What people call it: ``working tree``, or the revision."""

    def entries(self) -> Sequence[Entry]:
        """Return what it holds below `FOLDERS`, sorted by path."""

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        """Yield each path with its bytes, `most_of` them, or with a sentence that says why it cannot be read.

        A path that has vanished meanwhile is left out.
        """


FOLDERS = ("baseline.json", "itsm.yaml", "records", "schemas", "templates")
"""The paths that a source lists; nothing else of a repository is read."""
