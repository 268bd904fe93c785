"""The register: every change of fields over many records, from one log and one stream of blobs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from itsm_as_code.history.ancestry import Ancestry
from itsm_as_code.history.archive import Archive
from itsm_as_code.history.deeds import Deed, Deeds
from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.history.track import Track
from itsm_as_code.history.versions import Versions, blobs_of
from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import RECORDS, owner_of_entry
from itsm_as_code.snapshot.difference import ABSENT, Absent, FieldEdit
from itsm_as_code.sources.history import read_blobs, read_commits, read_parents, shallow_boundary

_TIMELINE = "timeline"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One change of one field; `merge` brought its commit into the branch, if one did.

    A record that came has the field "" and its title as new value, one that went no values at all.
    """

    commit: Commit
    record: Record
    field: str
    old: Any
    new: Any
    merge: Commit | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the register: of which kind or record, which fields (dotted; none for all), and when."""

    kind: Kind | None = None
    who: Identity | None = None
    fields: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def paths(self) -> Sequence[str]:
        """The paths whose history is read."""
        if self.who is not None:
            return self.who.paths
        return [RECORDS if self.kind is None else f"{RECORDS}/{self.kind.folder}"]

    def includes(self, commit: Commit) -> bool:
        """Return whether a commit was made in the time that is asked for."""
        moment = commit.committed_at
        return (self.since is None or moment >= self.since) and (self.until is None or moment <= self.until)


def read_register(archive: Archive, question: Question) -> Sequence[Row]:
    """Return the changes that are asked for, oldest first, those of one commit by record.

    Timeline entries are left out, as are changes that are not committed, and what a shallow clone has at its end:
    nobody knows who brought that.
    """
    commits = list(read_commits(archive.root, archive.revision, question.paths, merges="brought"))
    by_id = {commit.id: commit for commit in commits}
    ancestry = Ancestry(read_parents(archive.root, archive.revision))
    tracks = [
        (who, Track(ancestry, touches))
        for who, touches in _touches(commits, archive.kinds).items()
        if any(question.includes(commit) for commit, _ in touches)
    ]
    blobs = [blob for _, track in tracks for blob in blobs_of(track)]
    contents = read_blobs(archive.root, blobs)
    boundary = shallow_boundary(archive.root)
    rows: list[Row] = []
    for who, track in tracks:
        held = {blob: next(contents)[1] for blob in blobs_of(track)}
        if not _may_have(question.fields, held):
            continue
        deeds = Deeds(ancestry, track, Versions(track, [who], held), by_id).all(question.includes)
        told = [deed for deed in deeds if not deed.unread and not _is_cut(deed, boundary)]
        rows += [
            replace(row, merge=by_id.get(ancestry.merged_by.get(row.commit.id, "")))
            for deed in told
            for row in _rows(deed, question)
        ]
    return sorted(rows, key=lambda row: (-ancestry.order[row.commit.id], row.record.address))


def _touches(
    commits: Sequence[Commit], kinds: Mapping[str, Kind]
) -> Mapping[Identity, Sequence[tuple[Commit, Sequence[FileChange]]]]:
    """Return for each record the commits that touch it, with the changes of its files."""
    owners: dict[str, Identity | None] = {}
    found: dict[Identity, dict[str, tuple[Commit, list[FileChange]]]] = defaultdict(dict)
    for commit in commits:
        for change in commit.changes:
            file = owner_of_entry(change.path) or change.path
            if file not in owners:
                owners[file] = identity_of(file, kinds)
            who = owners[file]
            if who is not None:
                found[who].setdefault(commit.id, (commit, []))[1].append(change)
    return {who: list(touches.values()) for who, touches in found.items()}


def _may_have(fields: Sequence[str], contents: Mapping[str, bytes]) -> bool:
    """Return whether any of these bytes can hold one of the fields; a name may be written with escapes."""
    names = [field.rpartition(".")[2].encode() for field in fields]
    return not names or any(name in data or b"\\" in data for data in contents.values() for name in names)


def _is_cut(deed: Deed, boundary: frozenset[str]) -> bool:
    """Return whether a record only seems to come with a commit, since what is before it was not fetched."""
    return deed.base is None and deed.commit is not None and deed.commit.id in boundary


def _rows(deed: Deed, question: Question) -> Iterator[Row]:
    if deed.commit is None:
        return
    if deed.base is None or deed.head is None:
        if not question.fields:
            yield Row(deed.commit, deed.record, "", ABSENT, ABSENT if deed.head is None else deed.record.title)
            return
        for field in question.fields:
            old, new = (_value(end.fields, field) if end is not None else ABSENT for end in (deed.base, deed.head))
            if old is not ABSENT or new is not ABSENT:
                yield Row(deed.commit, deed.record, field, old, new)
        return
    for edit in deed.fields:
        yield from _matching(deed.commit, deed.record, edit, question.fields)


def _matching(commit: Commit, record: Record, edit: FieldEdit, fields: Sequence[str]) -> Iterator[Row]:
    """Yield the row of an edit, or of that part of it which is asked for."""
    dotted = ".".join(step for step in edit.path if isinstance(step, str))
    if not fields or any(dotted == field or dotted.startswith(f"{field}.") for field in fields):
        yield Row(commit, record, edit.name, edit.old, edit.new)
        return
    for field in fields:
        if field.startswith(f"{dotted}."):
            rest = field.removeprefix(f"{dotted}.")
            old, new = _value(edit.old, rest), _value(edit.new, rest)
            if old != new:
                yield Row(commit, record, f"{edit.name}.{rest}", old, new)


def _value(holder: Any, field: str) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value at a dotted path, of a list those of its items; `ABSENT` where there is none."""
    value = holder
    for step in field.split("."):
        if isinstance(value, list):
            value = [item[step] for item in value if isinstance(item, Mapping) and step in item] or ABSENT
        else:
            value = value.get(step, ABSENT) if isinstance(value, Mapping) else ABSENT
        if isinstance(value, Absent):
            return ABSENT
    return value
