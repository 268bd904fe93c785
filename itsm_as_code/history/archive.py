"""The archive: a git repository of records up to one revision, with the kinds and settings of that revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.model.config import Config
from itsm_as_code.model.kind import Kind
from itsm_as_code.snapshot.load import load_settings
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.source import Source


@dataclass(frozen=True, slots=True)
class Archive:
    """Where history is read: `source` is the revision as it stands, `held` the records in it; none of them is read."""

    root: Path
    revision: str
    source: Source
    held: Sequence[Identity]
    kinds: Mapping[str, Kind]
    config: Config


def open_archive(root: Path, revision: str) -> Archive:
    """Return the archive of a repository of records up to a revision.

    Raises ItsmError where there is no such revision, or where its settings or schemas are wrong.
    """
    source = RevisionSource(root, revision)
    entries = source.entries()
    kinds, config = load_settings(source, entries)
    held = [who for entry in entries if (who := identity_of(entry.path, kinds)) is not None]
    return Archive(root, revision, source, held, kinds, config)
