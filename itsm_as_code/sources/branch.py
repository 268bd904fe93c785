"""What a branch was at a moment: its last commit then."""

import os
from datetime import UTC, datetime
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.times import time_text
from itsm_as_code.sources import git
from itsm_as_code.sources.revision import resolve

HEAD = "HEAD"


def commit_at(root: Path, branch: str, moment: datetime) -> str:
    """Return the id of the branch's last commit at a moment (aware), along first parents, by the committer's date.

    What a merge brought was on the branch from the merge on. Raises ItsmError where the history begins later, or where
    the clone is shallow and holds none that is so old.
    """
    tip = resolve(root, branch)
    seconds = max(int(moment.timestamp()), 0)
    found = git.run(["rev-list", "-1", "--first-parent", f"--min-age={seconds}", tip], root).strip()
    if found:
        return found.decode()
    began = time_text(_began(root, tip).astimezone(moment.tzinfo))
    if is_shallow(root):
        message = f"the clone is shallow: its history begins at {began}, after {time_text(moment)}"
        raise ItsmError(message, "fetch the whole of it: git fetch --unshallow")
    message = f"the history of {branch} begins at {began}, after {time_text(moment)}"
    raise ItsmError(message, "name a later time")


def _began(root: Path, tip: str) -> datetime:
    """Return the committer's date of the oldest commit along first parents."""
    dates = git.run(["rev-list", "--first-parent", "--format=%ct", tip], root).split()
    return datetime.fromtimestamp(int(dates[-1]), UTC)


def is_shallow(root: Path) -> bool:
    """Return whether a clone has only the end of the history."""
    return os.fsdecode(git.run(["rev-parse", "--is-shallow-repository"], root)).strip() == "true"
