"""Records under a new id or in another file: what a record was before a commit, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.model.commit import FileChange
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.reading.document import read_document
from itsm_as_code.sources.history import read_blobs, read_commit

RENUMBERED = "Itsm-Renumbered-From"
"""The trailer of a commit that gives a record another id; its value is the address that the record had."""
_COMPARED = 50
"""Files whose titles are compared; a commit that deletes more than this renumbers nothing."""


def before_of(who: Identity, commit: str, root: Path, kinds: Mapping[str, Kind]) -> Identity | None:
    """Return what a record that a commit added was before it: one of its kind that the same commit removed."""
    return _other_end(who, commit, root, kinds, lambda change: (change.after, change.before))


def after_of(who: Identity, commit: str, root: Path, kinds: Mapping[str, Kind]) -> Identity | None:
    """Return what became of a record that a commit removed: one of its kind that the same commit added."""
    return _other_end(who, commit, root, kinds, lambda change: (change.before, change.after))


def _other_end(
    who: Identity,
    commit: str,
    root: Path,
    kinds: Mapping[str, Kind],
    ends: Callable[[FileChange], tuple[str, str]],
) -> Identity | None:
    """Return the other end of a move; `ends` gives the blobs of a change on this end and on the other one."""
    told = read_commit(root, commit, [RECORDS])
    blob = next((ends(change)[0] for change in told.changes if change.path == who.file), "")
    others = {
        other: ends(change)[1]
        for change in told.changes
        if not ends(change)[0] and ends(change)[1] and (other := identity_of(change.path, kinds)) is not None
        if other.kind is who.kind and other.file != who.file
    }
    same = [other for other in others if others[other] == blob]
    named = {value for name, value in told.trailers if name.lower() == RENUMBERED.lower()}
    listed = [other for other in others if other.address in named or who.address in named]
    for found in (same, listed):
        if len(found) == 1:
            return found[0]
    return _of_same_title(blob, listed or list(others), others, root)


def _of_same_title(blob: str, others: Sequence[Identity], blobs: Mapping[Identity, str], root: Path) -> Identity | None:
    """Return the one record of these whose title is the blob's; None where there is none, or more than one."""
    if not blob or not 0 < len(others) <= _COMPARED:
        return None
    contents = dict(read_blobs(root, list(dict.fromkeys([blob, *(blobs[other] for other in others)]))))
    titles = {id_: read_document("", data).value.get(others[0].kind.title_field) for id_, data in contents.items()}
    found = [other for other in others if titles[blob] and titles[blobs[other]] == titles[blob]]
    return found[0] if len(found) == 1 else None
