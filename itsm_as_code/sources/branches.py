"""What other branches hold: ids that are taken there and not here yet."""

import os
from pathlib import Path

from itsm_as_code.sources import git
from itsm_as_code.sources.repository import place_in_git

_MOST = 200
"""Branches that are looked at, those with the latest commits; who has more has long forgotten the others."""


def ids_on_branches(root: Path, folder: str) -> frozenset[str]:
    """Return the ids of the records in a folder (``records/incidents``) on local and remote-tracking branches.

    Branches that share the folder's tree are read once. Outside of git, and before the first commit, there are none.
    """
    if not git.is_inside_work_tree(root):
        return frozenset()
    listing = ["for-each-ref", "--sort=-committerdate", f"--count={_MOST}", "--format=%(objectname)"]
    commits = dict.fromkeys(git.run([*listing, "refs/heads", "refs/remotes"], root).decode().split())
    path = f"{place_in_git(root)}{folder}"
    asked = b"".join(f"{commit}:".encode() + os.fsencode(path) + b"\n" for commit in commits)
    answers = git.run(["cat-file", "--batch-check=%(objecttype) %(objectname)"], root, stdin=asked).split(b"\n")
    trees = dict.fromkeys(words[1].decode() for line in answers if (words := line.split())[:1] == [b"tree"])
    names = (
        os.fsdecode(name).rpartition("/")[2]
        for tree in trees
        for name in git.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree], root).split(b"\0")
    )
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
