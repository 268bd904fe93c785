"""The repository that an import writes to: what is there, whose it is, and how a file is put there."""

import os
from collections.abc import Mapping
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import path_of
from itsm_as_code.rules.known import refuse_unknown
from itsm_as_code.snapshot.load import load
from itsm_as_code.sources.memory import MemorySource, OverlaySource
from itsm_as_code.sources.repository import SETTINGS
from itsm_as_code.sources.worktree import WorktreeSource


class Target:
    """A folder of records that may be empty, or hold what earlier imports and people wrote.

    With `dry_run` it is looked at and stays as it is.
    """

    def __init__(self, root: Path, *, dry_run: bool = False) -> None:
        self._root = root
        self._dry_run = dry_run
        # What is not a repository of records yet becomes one by the import.
        missing = {} if os.path.lexists(root / SETTINGS) else {SETTINGS: "format: 1\n"}
        there = WorktreeSource(root) if root.exists() else MemorySource({})
        self._snapshot = load(OverlaySource(there, missing))
        refuse_unknown(self._snapshot.config.severities)
        self._known: dict[tuple[str, str], dict[str, str]] = {}
        for record in self._snapshot.records.values():
            for entry in record.mappings("external"):
                system, key = entry.get("system"), entry.get("id")
                if isinstance(system, str) and isinstance(key, str):
                    self._known.setdefault((system, record.kind.name), {}).setdefault(key, record.id)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of the repository, shipped and its own."""
        return self._snapshot.kinds

    def taken(self, kind: str) -> set[str]:
        """Return the ids of a kind that are in use."""
        return {record.id for record in self._snapshot.records.values() if record.kind.name == kind}

    def known(self, system: str, kind: str) -> Mapping[str, str]:
        """Return the ids of the records of a kind that come from another system, by their keys there."""
        return self._known.get((system, kind), {})

    def path(self, kind: str, id_: str) -> str:
        """Return the path of a record, from the repository's root."""
        return path_of(self.kinds[kind], id_)

    def holds(self, path: str) -> bool:
        """Return whether anything stands at the path."""
        return os.path.lexists(self._root / path)

    def text(self, path: str) -> str | None:
        """Return the text of the file at the path; None where there is none, or none that can be read."""
        try:
            file = self._root / path
            return None if file.is_symlink() else file.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return None

    def write(self, path: str, text: str) -> None:
        """Write the text whole or not at all: to a temporary file first, then renamed over what is there.

        Raises ItsmError where a symbolic link would lead out of the repository.
        """
        if self._dry_run:
            return
        file = self._root / path
        if not file.parent.resolve().is_relative_to(self._root.resolve()):
            raise ItsmError(f"{path} lies behind a symbolic link that leads out of {self._root}")
        file.parent.mkdir(parents=True, exist_ok=True)
        files.replace(file, text.encode())
