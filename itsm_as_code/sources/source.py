"""What every source of bytes offers: paths, file types and contents of one moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

FileType = Literal["file", "symlink", "submodule"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A path below the repository's root (with ``/``) and what stands there."""

    path: str
    type: FileType = "file"


class Source(Protocol):
    """Bytes of one moment: a working tree, a revision, or memory."""

    @property
    def name(self) -> str:
        """What people call it: ``working tree``, or the revision."""

    def entries(self) -> Sequence[Entry]:
        """Return what it holds below `records/`, `schemas/` and `templates/`, and `itsm.yaml`, sorted by path."""

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        """Yield each path with its bytes, or with a sentence that says why it cannot be read.

        A path that has vanished meanwhile is left out.
        """


FOLDERS = ("itsm.yaml", "records", "schemas", "templates")
"""The paths that a source lists; nothing else of a repository is read."""
