"""Finds and makes repositories; the only user of GitPython."""

import os
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources import git

SETTINGS = "itsm.yaml"
"""The file that marks the root of a repository of records."""


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds an `itsm.yaml`."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    message = f"no {SETTINGS} in {here} or above it"
    raise ItsmError(message, "go to a repository of records, name one with --root, or make one: itsm init DIR")


def place_in_git(folder: Path) -> str:
    """Return where a folder lies in its git repository, ``ops/records/``; empty at the top of one, and outside."""
    if not git.is_inside_work_tree(folder):
        return ""
    return os.fsdecode(git.run(["rev-parse", "--show-prefix"], folder).removesuffix(b"\n"))


def init_repository(folder: Path) -> None:
    """Make the folder a git repository with branch `main`, unless git keeps it already."""
    if git.is_inside_work_tree(folder):
        return
    from git import Repo  # noqa: PLC0415 - GitPython takes 0.16 s to import

    Repo.init(folder, initial_branch="main").close()
