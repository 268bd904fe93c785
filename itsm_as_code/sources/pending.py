"""What is not committed yet."""

from pathlib import Path

from itsm_as_code.sources import git
from itsm_as_code.sources.source import FOLDERS


def uncommitted(root: Path) -> int:
    """Return how many files of the records differ from the last commit or are new; 0 where there is no work tree."""
    if not git.is_inside_work_tree(root):
        return 0
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    return sum(1 for line in git.run(["status", *options, "--", *FOLDERS], root).split(b"\0") if line)
