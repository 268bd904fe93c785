"""Commits what a plan wrote: its files and no others, with a message that tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from itsm_as_code.editing.plan import Plan
from itsm_as_code.model.reference import owner_of_entry
from itsm_as_code.sources.committing import commit_files, refuse_unready, uncommitted

TRAILER = "Itsm-Record"
"""The trailer that names a record which a commit edits."""
_NEW = ("??", "A ", "AM")


@dataclass(frozen=True, slots=True)
class Intent:
    """A commit to be: its plan, its files, and what it takes along that was there before and not committed."""

    root: Path
    plan: Plan
    files: tuple[str, ...]
    along: tuple[str, ...]


def prepare(root: Path, plan: Plan) -> Intent:
    """Return the commit that a plan will make, before anything is written.

    It has the plan's files, whole; and, with an entry, its record that was never committed, since an entry alone would
    belong to nothing. Raises ItsmError where git could not commit.
    """
    refuse_unready(root)
    files = [edit.path for edit in plan.edits]
    owners = dict.fromkeys(owner for file in files if (owner := owner_of_entry(file)) and owner not in files)
    before = uncommitted(root, [*files, *owners])
    new = [owner for owner in owners if before.get(owner) in _NEW]
    return Intent(root, plan, (*files, *new), tuple(file for file in (*files, *new) if file in before))


def commit(intent: Intent, now: datetime) -> str:
    """Commit, dated `now` (aware); return the short id, or nothing where the last commit says the same already.

    Raises NotCommittedError where git or a hook refuses.
    """
    plan = intent.plan
    return commit_files(intent.root, intent.files, message(plan.subject, plan.body, plan.records, plan.trailers), now)


def message(subject: str, body: str, records: Sequence[str], more: Sequence[str] = ()) -> str:
    """Return the message of a commit: a line, what follows it, a trailer for each record, and `more` trailers."""
    trailers = [*(f"{TRAILER}: {record}" for record in dict.fromkeys(records)), *more]
    parts = (" ".join(subject.split()), body.strip(), "\n".join(trailers))
    return "\n\n".join(part for part in parts if part) + "\n"
