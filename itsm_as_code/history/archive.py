"""The archive: a git repository of records up to one revision, with the kinds and settings of that revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.model.config import Config
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.reading.config import FILE
from itsm_as_code.snapshot.load import load_settings
from itsm_as_code.sources.revision import RevisionSource

SCHEMAS = "schemas"


@dataclass(frozen=True, slots=True)
class Archive:
    """Where history is read, with the kinds and settings that the revision has."""

    root: Path
    revision: str
    kinds: Mapping[str, Kind]
    config: Config

    def held(self, paths: Sequence[str] = (RECORDS,)) -> Sequence[Identity]:
        """Return the records that the revision has at or below some paths; none of them is read."""
        entries = RevisionSource(self.root, self.revision, paths).entries()
        return [who for entry in entries if (who := identity_of(entry.path, self.kinds)) is not None]


def open_archive(root: Path, revision: str) -> Archive:
    """Return the archive of a repository of records up to a revision.

    Raises ItsmError where there is no such revision, or where its settings or schemas are wrong.
    """
    source = RevisionSource(root, revision, (FILE, SCHEMAS))
    kinds, config = load_settings(source, source.entries())
    return Archive(root, revision, kinds, config)
