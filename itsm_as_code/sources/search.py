"""Finds files by what stands in them: one process of git, and no record is read."""

import os
from collections.abc import Sequence
from pathlib import Path

from itsm_as_code.model.reference import RECORDS
from itsm_as_code.sources import git
from itsm_as_code.sources.revision import resolve


def files_with(text: str, root: Path, revision: str) -> Sequence[str]:
    """Return the files of a revision's records that hold a text, in any case."""
    commit = resolve(root, revision)
    options = ["-l", "-z", "-i", "-F", "--no-color", "--no-recurse-submodules"]
    try:
        found = git.run(["-c", "grep.fullName=false", "grep", *options, "-e", text, commit, "--", RECORDS], root)
    except git.RefusedError:
        # It is also how git says that there are none.
        return ()
    return [os.fsdecode(path).removeprefix(f"{commit}:") for path in found.split(b"\0") if path]
