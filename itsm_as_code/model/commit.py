"""Commits: who recorded an edit in git, and when, as plain data."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a commit did to one path below the repository of records' root.

    `before` and `after` are blob ids; empty where the path is not there, or no plain file. A merge's `before` is that
    of its first parent.
    """

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. Times are aware, with the offset that git keeps; e-mail addresses and names are as written.

    An author's name, address and time are whatever the author's git said: they are claims, not proofs.
    """

    id: str
    parents: tuple[str, ...]
    author_name: str
    author_email: str
    authored_at: datetime
    committer_name: str
    committer_email: str
    committed_at: datetime
    subject: str
    body: str = ""
    """What stands below the subject, without the trailers."""
    trailers: tuple[tuple[str, str], ...] = ()
    """The lines at the end of the message that say `Name: value`, in order: ``("Reviewed-by", "Fay <fay@…>")``."""
    changes: tuple[FileChange, ...] = ()
