"""What is staged as a source: the tree that the next commit will have, from git's index."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from itsm_as_code.sources import git
from itsm_as_code.sources.source import FOLDERS, TYPES, Entry


class StagedSource:
    """The index of a repository below `root`; within a hook that of the commit at hand, which may be another file."""

    name = "staged"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._blobs: dict[str, str] = {}

    def entries(self) -> Sequence[Entry]:
        """Return what is staged, sorted by path."""
        listing = git.run(["ls-files", "-s", "-z", "--", *FOLDERS], self._root, where=self._where())
        found = {}
        for line in filter(None, listing.split(b"\0")):
            meta, _, raw = line.partition(b"\t")
            mode, blob, _stage = meta.split()
            path = os.fsdecode(raw)
            self._blobs[path] = blob.decode()
            # In a merge that is not done a path may stand there thrice.
            found[path] = Entry(path, TYPES.get(mode, "file"))
        return [found[path] for path in sorted(found)]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """Yield each path with the bytes of its blob."""
        return git.read_files(self._blobs, paths, self._root)

    def _where(self) -> Mapping[str, str]:
        """Return what leads to the index that git told us of, as it does for `git commit FILE`."""
        named = os.environ.get("GIT_INDEX_FILE", "")
        if not named:
            return {}
        file = Path(named).absolute()
        folder = Path(os.fsdecode(git.run(["rev-parse", "--absolute-git-dir"], self._root).rstrip(b"\n")))
        is_ours = file.is_file() and file.resolve().is_relative_to(folder.resolve())
        return {"GIT_INDEX_FILE": str(file)} if is_ours else {}
