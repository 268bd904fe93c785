"""Asks git which files it would leave aside."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from itsm_as_code.sources import git


def ignored(root: Path, paths: Sequence[str]) -> Mapping[str, str]:
    """Return those of the paths (from `root`) that git ignores, with what says so: ``.gitignore:3: *.d``.

    Empty where git keeps no work tree there.
    """
    if not paths or not git.is_inside_work_tree(root):
        return {}
    stdin = b"".join(os.fsencode(path) + b"\0" for path in paths)
    # 1 says that it ignores none.
    told = git.run(["check-ignore", "--verbose", "--stdin", "-z"], root, stdin=stdin, fine=(0, 1)).split(b"\0")
    rows = zip(told[0::4], told[1::4], told[2::4], told[3::4], strict=False)
    return {
        os.fsdecode(path): f"{os.fsdecode(source)}:{line.decode()}: {os.fsdecode(pattern)}"
        for source, line, pattern, path in rows
        if not pattern.startswith(b"!")
    }
