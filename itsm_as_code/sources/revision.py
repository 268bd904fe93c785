"""A git revision as a source: objects only, never a checkout."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources import git
from itsm_as_code.sources.source import FOLDERS, TYPES, Entry


class RevisionSource:
    """The tree of one commit, below `root` (which may be a folder inside the repository).

    `folders` are the paths that are listed, for who needs no records. `name` is what people call it, where that is
    not the revision.
    """

    def __init__(self, root: Path, revision: str, folders: Sequence[str] = FOLDERS, *, name: str = "") -> None:
        self.name = name or revision
        self._root = root
        self._folders = folders
        self._commit = resolve(root, revision)
        self._blobs: dict[str, str] = {}

    def entries(self) -> Sequence[Entry]:
        """Return what the commit holds, sorted by path."""
        listing = git.run(["ls-tree", "-r", "-z", self._commit, "--", *self._folders], self._root)
        found = []
        for line in filter(None, listing.split(b"\0")):
            meta, _, raw = line.partition(b"\t")
            mode, _, blob = meta.split()
            path = os.fsdecode(raw)
            self._blobs[path] = blob.decode()
            found.append(Entry(path, TYPES.get(mode, "file")))
        return sorted(found, key=lambda entry: entry.path)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """Yield each path with the bytes of its blob."""
        return git.read_files(self._blobs, paths, self._root)


def resolve(root: Path, revision: str) -> str:
    """Return the id of the commit that a revision names; raise ItsmError where it names none."""
    try:
        found = git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], root)
    except git.RefusedError as error:
        if "not a git repository" in error.message or "config" in error.message.lower():
            raise
        if revision == "HEAD":
            raise ItsmError("nothing is committed here yet", "HEAD names no commit until there is one") from error
        message = f"{revision or 'an empty name'} is no revision of this repository"
        raise ItsmError(message, "a branch, a tag or a commit; in a shallow clone, fetch it first") from error
    return found.decode().strip()
