"""Proposals: edits committed to a branch named after their record, and sent away for review."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from itsm_as_code.editing.commit import TRAILER, message
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.reference import RECORDS, owner_of_entry
from itsm_as_code.snapshot.difference import RecordEdit
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources import remotes
from itsm_as_code.sources.committing import commit_files

FOLDER = "itsm"
"""What the names of branches of ours begin with."""
_TRIES = 100
_NAMED = 3
"""As many fields and entries as the first line of a commit has room for."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits to be proposed: their files, the records they are of, and what the commit says.

    With `named`, a person named the record; else all edits are meant, and go to the branch of ours that we stand on.
    """

    files: tuple[str, ...]
    records: tuple[str, ...]
    subject: str
    named: bool


@dataclass(frozen=True, slots=True)
class Way:
    """On which branch a proposal goes, and from where.

    `base` is the branch that it is for (empty where that is not known), `start` the commit at which a new branch
    begins, empty for one that is there.
    """

    branch: str
    base: str
    start: str = ""


def addresses(snapshot: Snapshot, files: Sequence[str]) -> Sequence[str]:
    """Return the addresses of the records that files are of, those that are gone among them."""
    found: dict[str, None] = {}
    for file in files:
        own = owner_of_entry(file) or file
        kind = next((kind for kind in snapshot.kinds.values() if own.startswith(f"{RECORDS}/{kind.folder}/")), None)
        if kind is not None:
            found[kind.address(own.rpartition("/")[2].removesuffix(".yaml"))] = None
    return tuple(found)


def branch_name(records: Sequence[str]) -> str:
    """Return the branch that is named after records: ``itsm/INC-20260304-k7qz``, ``itsm/ci-web-01-and-2-more``."""
    name = re.sub(r"[^A-Za-z0-9._-]+|\.{2,}", "-", records[0]).strip(".-")
    name = re.sub(r"\.lock$", "-lock", name)
    return f"{FOLDER}/{name}{f'-and-{len(records) - 1}-more' if len(records) > 1 else ''}"


def standing(root: Path, remote: str) -> Way | None:
    """Return the branch of ours that we stand on; None on any other."""
    here = remotes.current(root)
    if not here.startswith(f"{FOLDER}/"):
        return None
    return Way(here, remotes.begun_on(root, here) or remotes.default_branch(root, remote))


def find_way(root: Path, proposal: Proposal, remote: str, base: str) -> Way:
    """Return on which branch edits go: the one that we stand on where it is theirs, else one named after the records.

    That is taken where it holds nothing but edits of them, else it gets a number. `base` is empty where nobody named
    one: then it is the branch that we stand on, or that on which the proposal began on which we stand.
    """
    here = standing(root, remote)
    name = branch_name(proposal.records)
    if here is not None and not base:
        if not proposal.named or re.fullmatch(rf"{re.escape(name)}(-\d+)?", here.branch):
            return here
        base = here.base
    base = base or remotes.current(root)
    references = (f"refs/heads/{base}", f"refs/remotes/{remote}/{base}") if base else ("HEAD",)
    start = next(filter(None, (remotes.tip(root, each) for each in references)), "")
    if not start:
        raise ItsmError(f"there is no branch {base}", "name with --base the branch that the pull request is for")
    return _free_way(root, proposal, remote, Way(name, base or remotes.default_branch(root, remote), start))


def _free_way(root: Path, proposal: Proposal, remote: str, wish: Way) -> Way:
    for number in range(1, _TRIES):
        branch = wish.branch if number == 1 else f"{wish.branch}-{number}"
        there = remotes.tip(root, f"refs/heads/{branch}")
        if not there and remotes.tip(root, f"refs/remotes/{remote}/{branch}"):
            continue  # somebody else's
        if not there or remotes.is_ancestor(root, there, wish.start):
            return Way(branch, wish.base, wish.start)
        if _holds_only(root, wish.start, there, proposal.records):
            return Way(branch, wish.base)
    raise ItsmError(f"there are {_TRIES} branches named {wish.branch}", "delete those that are merged: git branch -d")


def _holds_only(root: Path, start: str, end: str, records: Sequence[str]) -> bool:
    """Return whether every commit of a branch says by its trailers that it edits one of the records."""
    return all(found and set(found) <= set(records) for found in remotes.trailers(root, f"{start}..{end}", TRAILER))


def commit_to(root: Path, way: Way, proposal: Proposal, now: datetime) -> str:
    """Go to the branch with all edits and commit those of the proposal there; return the commit's short id.

    Where git or a hook refuses, everything is as it was: NotCommittedError, ItsmError.
    """
    was = remotes.current(root)
    stood = was or remotes.tip(root, "HEAD")
    before = remotes.tip(root, f"refs/heads/{way.branch}")
    if way.start:
        remotes.switch_to_new(root, way.branch, way.start, way.base)
    elif was != way.branch:
        remotes.switch(root, way.branch)
    try:
        return commit_files(root, proposal.files, message(proposal.subject, "", proposal.records), now)
    except BaseException:
        if was != way.branch:
            remotes.switch_back(root, stood, way.branch, before if way.start else None)
        raise


def told(edit: RecordEdit) -> str:
    """Return in a few words what was edited in a record: its new state, or the names of the fields and entries."""
    if edit.is_added or edit.is_removed:
        return edit.record.title if edit.is_added else "removed"
    state = edit.field("state")
    if state is not None and edit.base is not None and edit.head is not None:
        return f"{edit.base.state} → {edit.head.state}"
    names = dict.fromkeys([each.name for each in edit.fields] + [str(each.get("type")) for each in edit.new_entries])
    return f"{', '.join(list(names)[:_NAMED])}{', …' if len(names) > _NAMED else ''}" or "edited"


def subject(records: Sequence[str], edits: Mapping[str, RecordEdit]) -> str:
    """Return the first line of a commit that proposes edits of records."""
    first = records[0].rpartition(":")[2]
    if len(records) > 1:
        return f"{first} and {len(records) - 1} more: edits"
    return f"{first}: {told(edits[records[0]]) if records[0] in edits else 'edited'}"
