"""Where lines of history met last."""

from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources import git
from itsm_as_code.sources.revision import resolve


def common_ancestor(root: Path, revision: str, *heads: str) -> str:
    """Return the id of the last commit that a revision has in common with a head, or with a merge of several.

    It is what `git diff revision...head` starts from: what others did to the revision since is no part of it. Raises
    ItsmError where there is none, or where a shallow clone does not hold it.
    """
    tips = [resolve(root, tip) for tip in (revision, *heads)]
    try:
        return git.run(["merge-base", *tips], root).decode().strip()
    except git.RefusedError as error:
        if is_shallow(root):
            message = f"the clone is shallow and does not hold where {revision} and {' and '.join(heads)} part"
            raise ItsmError(
                message, "fetch the whole history: git fetch --unshallow; in actions/checkout: fetch-depth: 0"
            ) from error
        message = f"{revision} and {' and '.join(heads)} have no history in common"
        raise ItsmError(message, "name a branch of this repository") from error


def is_shallow(root: Path) -> bool:
    """Return whether the clone holds only the end of its history."""
    return git.run(["rev-parse", "--is-shallow-repository"], root).strip() == b"true"
