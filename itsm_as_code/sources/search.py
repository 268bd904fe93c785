"""Finds and reads single files where a source would list them all."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from itsm_as_code.model.reference import RECORDS
from itsm_as_code.sources import git
from itsm_as_code.sources.revision import resolve
from itsm_as_code.sources.worktree import WorktreeSource


def files_with(text: str, root: Path, revision: str) -> Sequence[str]:
    """Return the files of a revision's records that hold a text, in any case."""
    commit = resolve(root, revision)
    options = ["-l", "-z", "-i", "-F", "--no-color", "--no-recurse-submodules"]
    asked = ["-c", "grep.fullName=false", "grep", *options, "-e", text, commit, "--", RECORDS]
    # 1 says that there are none.
    found = git.run(asked, root, fine=(0, 1))
    return [os.fsdecode(path).removeprefix(f"{commit}:") for path in found.split(b"\0") if path]


def read_on_disk(root: Path, paths: Sequence[str]) -> Mapping[str, bytes] | None:
    """Return the files of the working tree at or below some paths, tracked or not; ignored ones are left out.

    None where one of them cannot be read, or where a merge has not decided on it.
    """
    listed = ["--literal-pathspecs", "ls-files", "-z"]
    staged = git.run([*listed, "-s", "--", *paths], root).split(b"\0")
    others = git.run([*listed, "-o", "--exclude-standard", "--", *paths], root).split(b"\0")
    if any(not line.partition(b"\t")[0].endswith(b" 0") for line in staged if line):
        return None
    found = [os.fsdecode(path) for path in (*(line.partition(b"\t")[2] for line in staged), *others) if path]
    contents = dict(WorktreeSource(root).read(dict.fromkeys(found)))
    read = {path: data for path, data in contents.items() if isinstance(data, bytes)}
    return read if len(read) == len(contents) else None
