"""The tree that a merge would give, as a source: git makes it of objects, without a work tree and without a trace."""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources import git
from itsm_as_code.sources.ancestors import common_ancestor
from itsm_as_code.sources.repository import place_in_git
from itsm_as_code.sources.revision import resolve
from itsm_as_code.sources.source import FOLDERS, TYPES, Entry, FileType

_BASE, _OURS, _THEIRS = 1, 2, 3
"""What git calls the stages of a path in conflict."""
_UNDECIDED = 1
"""The exit code of a merge that leaves something undecided."""

Stages = Mapping[int, str]
"""Stage → blob id, of one path in conflict; empty for a submodule, which has none."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A path that a merge leaves undecided: its bytes where both sides parted, on our side and on theirs.

    None where there is no such file. `theirs_name` is what people call their side.
    """

    path: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    theirs_name: str


class MergeSource:
    """What the records would be after a merge; read while `merged` is open.

    Of a file in conflict our side is read, theirs where we have none; its entry tells of it in words.
    """

    def __init__(
        self, name: str, root: Path, entries: Mapping[str, Entry], blobs: Mapping[str, str], where: Mapping[str, str]
    ) -> None:
        self.name = name
        self._root = root
        self._entries = entries
        self._blobs = blobs
        self._where = where

    def entries(self) -> Sequence[Entry]:
        """Return what the merged tree holds, sorted by path."""
        return [self._entries[path] for path in sorted(self._entries)]

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes | str]]:
        """Yield each path with the bytes of its blob."""
        return git.read_files(self._blobs, paths, self._root, self._where)


@contextmanager
def merged(root: Path, ours: str, theirs: str, words: Callable[[Conflict], str]) -> Iterator[MergeSource]:
    """Give the tree that a merge of `theirs` into `ours` would have; `words` says what a conflict is and what to do.

    The objects that git makes for it are kept in a folder of their own, which is gone afterwards. Raises ItsmError
    where the two have no history in common, or where git is older than 2.38.
    """
    common_ancestor(root, theirs, ours)
    with tempfile.TemporaryDirectory(prefix="itsm-") as objects:
        where = git.set_apart(objects, root)
        tree, stages = _merge(root, ours, theirs, where)
        entries, blobs = _listing(root, tree, where)
        for conflict in _conflicts(root, stages, theirs, where):
            path, blob_of = conflict.path, stages[conflict.path]
            entries[path] = Entry(path, "conflict", words(conflict))
            blobs[path] = blob_of.get(_OURS) or blob_of.get(_THEIRS) or ""
        # Where neither side has a file, or one has a repository of its own, there is nothing to read.
        blobs = {path: blob for path, blob in blobs.items() if blob}
        yield MergeSource(f"merge of {theirs}", root, entries, blobs, where)


def _merge(root: Path, ours: str, theirs: str, where: Mapping[str, str]) -> tuple[str, Mapping[str, Stages]]:
    """Return the id of the merged tree, and the stages of each path in conflict that a source lists."""
    sides = [resolve(root, side) for side in (ours, theirs)]
    above = place_in_git(root)
    # In a folder of the repository git names some paths from there.
    top = root.joinpath(*[".."] * above.count("/"))
    try:
        printed = git.run(
            ["merge-tree", "--write-tree", "-z", "--no-messages", *sides], top, where=where, fine=(0, _UNDECIDED)
        )
    except git.RefusedError as error:
        version = git.run(["version"], root).decode().removeprefix("git version").strip()
        numbers = [int(number) for number in re.findall(r"\d+", version)[:2]]
        if numbers < [2, 38]:
            message = f"git {version} cannot merge without a work tree"
            raise ItsmError(message, "--merge-with needs git 2.38 or newer") from error
        raise
    tree, *conflicts = printed.split(b"\0")
    stages: dict[str, dict[int, str]] = defaultdict(dict)
    for line in filter(None, conflicts):
        meta, _, raw = line.partition(b"\t")
        mode, blob, stage = meta.split()
        path = os.fsdecode(raw)
        inside = path.removeprefix(above)
        if path.startswith(above) and inside.partition("/")[0] in FOLDERS:
            stages[inside][int(stage)] = "" if TYPES.get(mode) == "submodule" else blob.decode()
    return tree.decode(), stages


def _listing(root: Path, tree: str, where: Mapping[str, str]) -> tuple[dict[str, Entry], dict[str, str]]:
    entries, blobs = {}, {}
    printed = git.run(["ls-tree", "-r", "-z", tree, "--", *FOLDERS], root, where=where)
    for line in filter(None, printed.split(b"\0")):
        meta, _, raw = line.partition(b"\t")
        mode, _, blob = meta.split()
        path = os.fsdecode(raw)
        kind: FileType = TYPES.get(mode, "file")
        entries[path], blobs[path] = Entry(path, kind), blob.decode()
    return entries, blobs


def _conflicts(root: Path, stages: Mapping[str, Stages], theirs: str, where: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield each path in conflict with its bytes, which one process reads."""
    blobs = {f"{stage}:{path}": blob for path, blob_of in stages.items() for stage, blob in blob_of.items() if blob}
    held: dict[str, bytes] = dict(git.read_files(blobs, blobs, root, where))
    for path, blob_of in stages.items():
        base, ours, their_side = (
            held.get(f"{stage}:{path}", b"") if stage in blob_of else None for stage in (_BASE, _OURS, _THEIRS)
        )
        yield Conflict(path, base, ours, their_side, theirs)
