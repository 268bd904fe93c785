"""Who vouched for a commit, and by which pull request it came: what forges write into messages."""

import re
from collections.abc import Sequence

from itsm_as_code.model.commit import Commit

REVIEWED = ("reviewed-by", "approved-by", "acked-by")
"""Trailers that name somebody who looked at a commit. Signed-off-by says that its author may give it away."""
TOGETHER = ("co-authored-by",)

_SUBJECTS = (
    # GitHub, and Gitea with the title in quotes.
    re.compile(r"Merge pull request (?:'.*' )?\(?(#\d+)\)? from "),
    # Bitbucket.
    re.compile(r"Merged in .* \(pull request (#\d+)\)"),
    # Azure DevOps.
    re.compile(r"Merged PR (\d+): "),
    # Whatever forge, squashed.
    re.compile(r".*\((#\d+|!\d+)\)$"),
)
_GITLAB = re.compile(r"^See merge request (?:[\w./-]*)(!\d+)$", re.MULTILINE)


def pull_request(commit: Commit) -> str:
    """Return the pull request that a commit says it came by: ``#12``, on GitLab ``!12``; empty where it says none."""
    for form in _SUBJECTS:
        found = form.match(commit.subject)
        if found is not None:
            return found[1] if found[1][0] in "#!" else f"#{found[1]}"
    asked = _GITLAB.search(commit.body)
    return asked[1] if asked is not None else ""


def named(commit: Commit, trailers: Sequence[str]) -> list[str]:
    """Return the people whom these trailers of a commit name, each once: ``Fay Weber <fay@example.org>``."""
    return list(dict.fromkeys(value for name, value in commit.trailers if name.lower() in trailers and value))
