"""The history of a record as plain data, for machines and for those who print it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from itsm_as_code.history.blame import Origin, blame
from itsm_as_code.history.deeds import Deed
from itsm_as_code.history.life import Life
from itsm_as_code.history.register import Row
from itsm_as_code.history.review import REVIEWED, TOGETHER, named, pull_request
from itsm_as_code.model.commit import Commit
from itsm_as_code.model.place import printable
from itsm_as_code.model.times import time_text
from itsm_as_code.snapshot.difference import Absent, FieldEdit

Facts = dict[str, Any]
_CUT = "was there before"
"""What is told of a record at the end of a shallow clone."""


def life_facts(life: Life, since: datetime | None = None, until: datetime | None = None) -> Facts:
    """Return a record's life: what each commit did to it, oldest first, those between two moments (of the commits).

    What is not committed yet comes last, with `commit` null, unless the time is limited by `until`.
    """
    told = [deed for deed in life.deeds if _is_between(deed.commit, since, until)]
    return _head(life) | {"commits": [_deed_facts(deed, life) for deed in told]}


def blame_facts(life: Life) -> Facts:
    """Return a record with the commit that each value comes from: fields first, then the timeline's entries."""
    assert life.present is not None  # noqa: S101 - whoever asks has seen that it is there
    origins = blame(life.ancestry, life.track, life.versions, life.present)
    known = {origin.commit.id: origin.commit for origin in origins if origin.commit is not None}
    commits = {id_: commit_facts(commit, life.merge_of(commit)) for id_, commit in known.items()}
    entries = [origin for origin in origins if origin.is_entry]
    return _head(life) | {
        "fields": [_origin_facts(origin, "field", origin.name) for origin in origins if not origin.is_entry],
        "timeline": [_origin_facts(origin, "position", position) for position, origin in enumerate(entries)],
        "commits": commits,
    }


def _origin_facts(origin: Origin, key: str, name: str | int) -> Facts:
    return {key: name, "value": origin.value, "commit": origin.commit.id if origin.commit is not None else None}


def _head(life: Life) -> Facts:
    present = life.present
    last = present or (life.deeds[-1].record if life.deeds else None)
    return {
        "record": life.who.address,
        "title": last.title if last is not None else life.who.id,
        "file": printable(life.who.file),
        "is_there": present is not None,
        "formerly": [
            address for address in dict.fromkeys(who.address for who in life.identities) if address != life.who.address
        ],
        "became": life.became.address if life.became is not None else None,
        "begins_before": life.begins_cut,
    }


def _deed_facts(deed: Deed, life: Life) -> Facts:
    """Return what one commit did; `entries` are the timeline's new ones, `lost` those that were there before."""
    facts = commit_facts(deed.commit, life.merge_of(deed.commit)) if deed.commit is not None else {"commit": None}
    did = _did(deed, life)
    return facts | {
        "did": did,
        "fields": [edit_facts(edit) for edit in deed.fields],
        # Who wrote what was there before, nobody knows.
        "entries": [] if did == _CUT else [dict(entry) for entry in deed.added],
        "lost": [dict(entry) for entry in deed.lost],
    }


def _did(deed: Deed, life: Life) -> str:
    if deed.unread:
        return "made unreadable"
    if deed.base is None:
        is_cut = deed.commit is not None and deed.commit.id in life.boundary
        return _CUT if is_cut else "added"
    if deed.head is None:
        return "removed"
    if deed.base.address != deed.head.address:
        return f"renumbered from {deed.base.address}"
    return "moved" if deed.base.file != deed.head.file else "edited"


def edit_facts(edit: FieldEdit) -> Facts:
    """Return a field's edit; `old` or `new` is left out where the field is not there."""
    ends = {"old": edit.old, "new": edit.new}
    return {"field": edit.name} | {name: value for name, value in ends.items() if not isinstance(value, Absent)}


def row_facts(row: Row) -> Facts:
    """Return one row of the register: the commit, the record, the field and both values."""
    facts = edit_facts(FieldEdit((), row.field, row.old, row.new))
    return commit_facts(row.commit, row.merge) | {"record": row.record.address, "title": row.record.title} | facts


def commit_facts(commit: Commit, merge: Commit | None) -> Facts:
    """Return a commit: who made it and when, who vouched for it, and the merge that brought it into the branch."""
    vouching = [commit] if merge is None else [commit, merge]
    return {
        "commit": commit.id,
        "committed_at": time_text(commit.committed_at),
        "author": {"name": commit.author_name, "email": commit.author_email},
        "authored_at": time_text(commit.authored_at),
        "committer": {"name": commit.committer_name, "email": commit.committer_email},
        "subject": commit.subject,
        "body": commit.body,
        "trailers": [{"name": name, "value": value} for name, value in commit.trailers],
        "reviewers": _people(vouching, REVIEWED),
        "co_authors": _people([commit], TOGETHER),
        "pull_request": next(filter(None, map(pull_request, reversed(vouching))), None),
        "merged": None if merge is None else {"commit": merge.id, "committed_at": time_text(merge.committed_at)},
    }


def _people(commits: Sequence[Commit], trailers: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(person for commit in commits for person in named(commit, trailers)))


def _is_between(commit: Commit | None, since: datetime | None, until: datetime | None) -> bool:
    if commit is None:
        return until is None
    return (since is None or commit.committed_at >= since) and (until is None or commit.committed_at <= until)
