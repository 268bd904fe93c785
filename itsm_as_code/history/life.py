"""The life of one record: every commit that touched it, under whatever id, and what it said after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from itsm_as_code.history.ancestry import Ancestry
from itsm_as_code.history.archive import Archive
from itsm_as_code.history.deeds import Deed, Deeds, deed
from itsm_as_code.history.identity import Identity, touches_of
from itsm_as_code.history.moves import after_of, before_of
from itsm_as_code.history.track import Track
from itsm_as_code.history.versions import Versions, blobs_of
from itsm_as_code.model.commit import Commit
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.sources.history import read_blobs, read_commits, read_parents, shallow_boundary
from itsm_as_code.sources.search import read_on_disk

_MOST_MOVES = 20
"""Ids that a record is followed through."""
_UNCOMMITTED = "uncommitted "
"""Begins the key of what is on disk and in no commit; no blob has such an id."""


@dataclass(frozen=True)  # not slotted, as what is cached needs a place
class Life:
    """A record's commits with its versions, as one revision knows them.

    `identities` are what it is, and what it was called before, newest first. `commits` are by id, merges among them
    that brought it or left it as it was. `boundary` are the commits at which a shallow clone ends. `became` is what
    a record that is gone lives on as.
    """

    identities: Sequence[Identity]
    ancestry: Ancestry
    track: Track
    versions: Versions
    commits: Mapping[str, Commit]
    boundary: frozenset[str]
    on_disk: Record | None = None
    has_disk: bool = False
    became: Identity | None = None

    @property
    def who(self) -> Identity:
        """What the record is called now, or was when it was deleted."""
        return self.identities[0]

    @cached_property
    def committed(self) -> Record | None:
        """The record as the revision has it; None where it is gone."""
        return self.versions.after(self.track.last(next(iter(self.ancestry.parents))))

    @property
    def present(self) -> Record | None:
        """The record as it stands on disk, where that was asked for and can be read, else as committed."""
        return self.on_disk if self.has_disk and not self._is_torn else self.committed

    @property
    def _is_torn(self) -> bool:
        """Whether what stands on disk cannot be read."""
        return self.on_disk is not None and not self.on_disk.whole

    @cached_property
    def deeds(self) -> Sequence[Deed]:
        """What each commit did to the record, oldest first; last what is not committed yet."""
        found = list(Deeds(self.ancestry, self.track, self.versions, self.commits).all())
        if not self.has_disk:
            return found
        torn = Deed(None, self.committed, self.on_disk, unread=True)
        pending = torn if self._is_torn else deed(None, self.committed, self.on_disk)
        return found if pending is None else [*found, pending]

    def merge_of(self, commit: Commit) -> Commit | None:
        """Return the merge that brought a commit into the branch; None for one that was made on it."""
        return self.commits.get(self.ancestry.merged_by.get(commit.id, ""))

    @cached_property
    def begins_cut(self) -> bool:
        """Whether the record is older than what a shallow clone has of it."""
        return any(step in self.boundary for step in self.track.steps)


def read_life(archive: Archive, who: Identity, *, on_disk: bool = False) -> Life:
    """Return the life of a record up to the archive's revision; with `on_disk`, what the working tree has, too."""
    root, revision, kinds = archive.root, archive.revision, archive.kinds
    ancestry = Ancestry(read_parents(root, revision))
    identities = [who]
    commits, track = _read_track(root, revision, ancestry, identities)
    asked: set[str] = set()
    while len(identities) < _MOST_MOVES:
        earlier = _earlier(root, track, identities[-1], kinds, asked)
        if earlier is None or any(earlier.file == known.file for known in identities):
            break
        identities.append(earlier)
        commits, track = _read_track(root, revision, ancestry, identities)
    contents = dict(read_blobs(root, blobs_of(track)))
    disk = read_on_disk(root, who.paths) if on_disk else None
    held = {f"{_UNCOMMITTED}{path}": data for path, data in (disk or {}).items()}
    versions = Versions(track, identities, contents | held)
    return Life(
        identities,
        ancestry,
        track,
        versions,
        {commit.id: commit for commit in commits},
        shallow_boundary(root),
        versions.of_files({path: f"{_UNCOMMITTED}{path}" for path in disk or {}}),
        disk is not None,
        _became(root, track, who, kinds, next(iter(ancestry.parents))),
    )


def _read_track(
    root: Path, revision: str, ancestry: Ancestry, identities: Sequence[Identity]
) -> tuple[Sequence[Commit], Track]:
    paths = [path for who in identities for path in who.paths]
    commits = list(read_commits(root, revision, paths, merges="brought"))
    return commits, Track(ancestry, touches_of(commits, identities))


def _earlier(root: Path, track: Track, who: Identity, kinds: Mapping[str, Kind], asked: set[str]) -> Identity | None:
    """Return what a record was before the commit that gave it its id; None for one that always had it."""
    for step, commit in track.steps.items():
        appears = who.file in track.files(step) and not any(who.file in track.files(old) for old in track.before(step))
        if appears and commit.parents and step not in asked:
            asked.add(step)
            found = before_of(who, step, root, kinds)
            if found is not None:
                return found
    return None


def _became(root: Path, track: Track, who: Identity, kinds: Mapping[str, Kind], head: str) -> Identity | None:
    last = track.last(head)
    if last is None or who.file in track.files(last):
        return None
    return after_of(who, last, root, kinds)
