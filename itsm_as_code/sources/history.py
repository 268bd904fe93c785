"""Reads history: commits with what they did to files, and who descends from whom; no checkout, one process each."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.sources import git
from itsm_as_code.sources.messages import take_apart
from itsm_as_code.sources.revision import resolve
from itsm_as_code.sources.source import FOLDERS

Merges = Literal["own", "brought"]
"""What counts as a merge's doing: what differs from all its parents, or all that its first parent has not."""

_FIELDS = ("%H", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B")
_LOG = (
    "--literal-pathspecs",
    "--no-pager",
    "-c",
    "log.showRoot=true",
    "log",
    "--raw",
    "-z",
    f"--format=tformat:{'%x00'.join(_FIELDS)}%x00",
    "--date=raw",
    "--encoding=UTF-8",
    "--date-order",
    # Without this, git leaves out a branch whose edits a merge threw away.
    "--full-history",
    "--relative",
    "--no-abbrev",
    "--no-renames",
    # What a person's own settings would change.
    "--no-show-signature",
    "--no-mailmap",
    "--no-follow",
    "--no-notes",
    "--no-decorate",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=none",
    "-O/dev/null",
)
_MERGES: Mapping[Merges, str] = {"own": "--diff-merges=combined", "brought": "--diff-merges=first-parent"}
_LAST = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


def read_commits(
    root: Path, revisions: str, paths: Sequence[str] = FOLDERS, *, merges: Merges = "own"
) -> Iterator[Commit]:
    """Yield the commits that touch the paths, newest first and each before its parents: side branches, too.

    `revisions` is a commit or a range (``main..topic``); paths are from `root` on, literal, and so are those of the
    changes. A change's `before` is what the first parent has. Raises ItsmError where git refuses.
    """
    return _log(root, [_MERGES[merges], "--end-of-options", *_resolved(root, revisions), "--", *paths])


def read_commit(root: Path, id_: str, paths: Sequence[str] = FOLDERS) -> Commit:
    """Return one commit, with all that its first parent has not."""
    return next(_log(root, [_MERGES["brought"], "--no-walk", "--end-of-options", resolve(root, id_), "--", *paths]))


def _log(root: Path, arguments: Sequence[str]) -> Iterator[Commit]:
    tokens = git.stream([*_LOG, *arguments], root)
    head = next(tokens, None)
    while head is not None:
        fields = [head, *(next(tokens, b"") for _ in _FIELDS[1:])]
        changes: list[FileChange] = []
        # Empty tokens part the message from what follows; a commit begins with its id, and a change with colons.
        head = next(tokens, None)
        while head is not None and (not head.strip() or head.lstrip(b"\n").startswith(b":")):
            if head.strip():
                changes.append(_change(head.strip(), next(tokens, b"")))
            head = next(tokens, None)
        yield _commit([field.decode("utf-8", "replace") for field in fields], changes)


def read_parents(root: Path, revision: str) -> Mapping[str, tuple[str, ...]]:
    """Return the parents of every commit that a revision descends from, newest first and each before its parents."""
    listing = git.run(["rev-list", "--date-order", "--parents", resolve(root, revision)], root).decode()
    return {ids[0]: tuple(ids[1:]) for ids in map(str.split, listing.splitlines())}


def shallow_boundary(root: Path) -> frozenset[str]:
    """Return the commits of a shallow clone whose parents were not fetched; none where all of history is there."""
    shallow, file = os.fsdecode(
        git.run(["rev-parse", "--is-shallow-repository", "--git-path", "shallow"], root)
    ).splitlines()[:2]
    if shallow != "true":
        return frozenset()
    try:
        return frozenset((root / file).read_text(encoding="ascii").split())
    except OSError:
        return frozenset()


def read_blobs(root: Path, ids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each blob with its content, in order, from one process."""
    return git.read_files({id_: id_ for id_ in ids}, ids, root)


def _resolved(root: Path, revisions: str) -> list[str]:
    """Return the revisions as ids, so that a name that is wrong is told as one."""
    base, dots, head = revisions.partition("..")
    if not dots:
        return [resolve(root, revisions)]
    return [resolve(root, head or "HEAD"), f"^{resolve(root, base or 'HEAD')}"]


def _change(meta: bytes, path: bytes) -> FileChange:
    """Return what a line of raw output says; of a merge's it has the mode and blob of each parent.

    ``:100644 100644 <before> <after> M`` or ``::100644 100644 100644 <before> <before> <after> MM``.
    """
    parents = len(meta) - len(meta.lstrip(b":"))
    words = meta.lstrip(b":").split()
    modes, blobs = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    # What is no plain file (a link, another repository) is never read.
    before, after = (blobs[at].decode() if modes[at].startswith(b"100") else "" for at in (0, -1))
    return FileChange(os.fsdecode(path), before, after)


def _commit(fields: Sequence[str], changes: Sequence[FileChange]) -> Commit:
    id_, parents, author, author_email, authored, committer, committer_email, committed, message = fields
    subject, body, trailers = take_apart(message)
    return Commit(
        id=id_,
        parents=tuple(parents.split()),
        author_name=author,
        author_email=author_email,
        authored_at=_moment(authored),
        committer_name=committer,
        committer_email=committer_email,
        committed_at=_moment(committed),
        subject=subject,
        body=body,
        trailers=trailers,
        changes=tuple(changes),
    )


def _moment(raw: str) -> datetime:
    """Return the time that git's raw date says, ``1772323200 +0100``; odd ones, which git keeps too, in UTC."""
    seconds, _, offset = raw.partition(" ")
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return _LAST if seconds.isdecimal() else datetime.fromtimestamp(0, UTC)
    try:
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        return moment.astimezone(timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)))
    except (ValueError, IndexError, OverflowError):
        return moment
