"""Who a record is: kind, id and file, and which files of a repository are its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.commit import Commit, FileChange
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import RECORDS, entry_folder, owner_of_entry

_SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A record by kind and id, and the file that it stands in."""

    kind: Kind
    id: str
    file: str

    @property
    def address(self) -> str:
        """The typed string by which links name the record."""
        return self.kind.address(self.id)

    @property
    def paths(self) -> tuple[str, str]:
        """Its file, and the folder of its timeline entries that are files of their own."""
        return self.file, entry_folder(self.file)

    def owns(self, path: str) -> bool:
        """Return whether a path is the record's file or one of its entries'."""
        return self.file in (path, owner_of_entry(path))


def identity_of(file: str, kinds: Mapping[str, Kind]) -> Identity | None:
    """Return whose record a file is; None for what is no record's file."""
    parts = file.split("/")
    if len(parts) < 3 or parts[0] != RECORDS or not file.endswith(_SUFFIX) or owner_of_entry(file):  # noqa: PLR2004 - records/, the kind's folder, the file
        return None
    kind = next((kind for kind in kinds.values() if kind.folder == parts[1]), None)
    return None if kind is None else Identity(kind, parts[-1].removesuffix(_SUFFIX), file)


def touches_of(
    commits: Iterable[Commit], identities: Sequence[Identity]
) -> Sequence[tuple[Commit, Sequence[FileChange]]]:
    """Return the commits that touch a record's files, with those changes alone."""
    found: list[tuple[Commit, Sequence[FileChange]]] = []
    for commit in commits:
        changes = [change for change in commit.changes if any(who.owns(change.path) for who in identities)]
        if changes:
            found.append((commit, changes))
    return found
