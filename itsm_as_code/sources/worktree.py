"""The working tree as a source: what git would see, ignored files left out."""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from itsm_as_code.sources import git
from itsm_as_code.sources.source import FOLDERS, TYPES, Entry, most_of

_UNLISTED = re.compile(rb"^warning: could not open directory '(.*)/': (.*)$", re.MULTILINE)
_WHY = {
    errno.EINVAL: "it is a pipe or a device, not a file",
    errno.ENXIO: "it is a socket, not a file",
    errno.EISDIR: "a folder stands in its place",
    errno.ELOOP: "a symbolic link stands in its place",
}
"""What the system's own words do not say plainly."""


class WorktreeSource:
    """Files of a folder on disk. Without git around it, every file counts; symbolic links are never followed."""

    name = "working tree"

    def __init__(self, root: Path) -> None:
        self._root = root
        self._linked: dict[str, bool] = {}

    def entries(self) -> Sequence[Entry]:
        """Return tracked files and untracked ones that git does not ignore, sorted by path."""
        if git.is_inside_work_tree(self._root):
            found = {entry.path: entry for entry in (*self._tracked(), *self._untracked())}
        else:
            found = {entry.path: entry for entry in self._walk()}
        return [self._as_on_disk(found[path]) for path in sorted(found)]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """Yield each path with its bytes, or why it cannot be read."""
        for path in paths:
            try:
                yield path, _read_regular(f"{self._root}/{path}", most_of(path))
            except FileNotFoundError:
                continue
            except OSError as error:
                yield path, _WHY.get(error.errno or 0) or (error.strerror or "the disk does not say why").lower()

    def _tracked(self) -> Iterator[Entry]:
        for line in git.run(["ls-files", "-s", "-z", "--", *FOLDERS], self._root).split(b"\0"):
            if line:
                meta, _, path = line.partition(b"\t")
                yield Entry(os.fsdecode(path), TYPES.get(meta[:6], "file"))

    def _untracked(self) -> Iterator[Entry]:
        listing, complaints = git.ask(["ls-files", "-o", "--exclude-standard", "-z", "--", *FOLDERS], self._root)
        for folder, why in _UNLISTED.findall(complaints):
            yield Entry(os.fsdecode(folder), "unreadable", why.decode("utf-8", "replace").lower())
        for path in filter(None, listing.split(b"\0")):
            # A path with a slash at its end is a folder that is a repository of its own.
            yield Entry(os.fsdecode(path.rstrip(b"/")), "submodule" if path.endswith(b"/") else "file")

    def _walk(self) -> Iterator[Entry]:
        for name in FOLDERS:
            top = self._root / name
            if top.is_dir() and not top.is_symlink():
                yield from self._below(name)
            elif os.path.lexists(top):
                yield Entry(name)

    def _below(self, top: str) -> Iterator[Entry]:
        """Yield what stands in a folder and in those in it, however deep, and no folder behind a link."""
        folders = [top]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(f"{self._root}/{folder}") as listing:
                    found = list(listing)
            except FileNotFoundError:
                continue
            except OSError as error:
                yield Entry(folder, "unreadable", (error.strerror or "it cannot be listed").lower())
                continue
            for item in found:
                path = f"{folder}/{item.name}"
                if item.is_dir(follow_symlinks=False):
                    folders.append(path)
                else:
                    yield Entry(path)

    def _as_on_disk(self, entry: Entry) -> Entry:
        """Return the entry with the type that stands on disk now; a link anywhere above makes it a link."""
        if entry.type == "file" and self._is_linked(entry.path):
            return Entry(entry.path, "symlink")
        return entry

    def _is_linked(self, path: str) -> bool:
        unknown, above = [], path
        while above and above not in self._linked:
            unknown.append(above)
            above = above.rpartition("/")[0]
        linked = bool(above) and self._linked[above]
        for inner in reversed(unknown):
            linked = linked or os.path.islink(f"{self._root}/{inner}")  # noqa: PTH114 - ten times faster
            self._linked[inner] = linked
        return linked


def _read_regular(path: str, most: int) -> bytes:
    """Return the bytes of a regular file, never through a link and never waiting for a pipe."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(number, "rb") as file:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        # Asked for so much, Python sets it aside: three kilobytes of it stay lost for each small file.
        return file.read() if status.st_size < most else file.read(most)
