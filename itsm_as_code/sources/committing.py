"""Commits some files of the working tree and no others, with the hooks and the identity that git has."""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources import git
from itsm_as_code.sources.repository import place_in_git

_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
}
"""What is in the middle of something, by the file that git keeps meanwhile."""
_UNMERGED = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})


class NotCommittedError(ItsmError):
    """Git, or a hook, refused to commit; `output` is all that was said."""

    def __init__(self, message: str, hint: str, output: str) -> None:
        super().__init__(message, hint)
        self.output = output


def refuse_unready(root: Path) -> None:
    """Raise ItsmError where git could not commit: no repository, something under way, or nobody to commit as."""
    folder = Path(os.fsdecode(git.run(["rev-parse", "--absolute-git-dir"], root).removesuffix(b"\n")))
    for name, what in _UNDER_WAY.items():
        if (folder / name).exists():
            raise ItsmError(f"{what} is under way; nothing was written", "finish it or give it up, and try again")
    code, _ = git.act(["var", "GIT_COMMITTER_IDENT"], root)
    if code:
        hint = "git config user.name NAME && git config user.email ADDRESS"
        raise ItsmError("git does not know who commits; nothing was written", hint)


def uncommitted(root: Path, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the files at or below the paths that differ from the last commit, with the two letters of `git status`.

    ``??`` is a file that git does not know. Paths are from `root`; files that git ignores are left out.
    """
    prefix = place_in_git(root)
    arguments = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--", *map(_literal, paths)]
    listing = os.fsdecode(git.run(arguments, root)).split("\0")
    return {line[3:].removeprefix(prefix): line[:2] for line in listing if line}


def commit_files(root: Path, paths: Sequence[str], message: str, now: datetime) -> str:
    """Commit what stands at the paths now, or that nothing does, dated `now` (aware); return the commit's short id.

    What else is staged or edited stays as it is. Hooks run as with `git commit`. Returns nothing where the last commit
    has it all. Raises NotCommittedError where git or a hook refuses, and ItsmError for a conflict.
    """
    found = uncommitted(root, paths)
    torn = next((path for path, status in found.items() if status in _UNMERGED), None)
    if torn is not None:
        raise ItsmError(f"{torn} has a conflict that is not resolved", "resolve it, git add it, and try again")
    if not found:
        return ""
    new = [path for path, status in found.items() if status == "??"]
    if new:
        try:
            git.run(["add", "--intent-to-add", "--", *map(_literal, new)], root)
        except git.RefusedError as error:
            raise _not_committed(error.message.removeprefix("git: "), "") from error
    dates = {f"GIT_{who}_DATE": now.isoformat() for who in ("AUTHOR", "COMMITTER")}
    also = {name: value for name, value in dates.items() if name not in os.environ}
    only = ["commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-", "--", *map(_literal, found)]
    try:
        code, said = git.act(["-c", "i18n.commitEncoding=UTF-8", *only], root, stdin=message.encode(), also=also)
    except BaseException:
        _forget(root, new)
        raise
    if code:
        _forget(root, new)
        complaint = next((line for line in said.splitlines() if line.startswith(("fatal: ", "error: "))), "")
        why = complaint.partition(": ")[2] or "a hook of the repository refused"
        raise _not_committed(why, said)
    return git.run(["rev-parse", "--short", "HEAD"], root).decode().strip()


def _not_committed(why: str, said: str) -> NotCommittedError:
    return NotCommittedError(f"not committed: {why}", "the files stay edited; try again with git commit", said)


def _forget(root: Path, paths: Sequence[str]) -> None:
    """Make files unknown to git again that were only meant to be added."""
    if paths:
        # Where git died with its index locked, that is what the refusal to commit tells.
        with suppress(git.RefusedError):
            git.run(["update-index", "--force-remove", "--", *paths], root)


def _literal(path: str) -> str:
    """Return the pathspec of one path, whose letters all mean themselves."""
    return f":(literal){path}"
