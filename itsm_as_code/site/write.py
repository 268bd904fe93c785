"""Writes sites: pages that differ from what is there, and away with those of an earlier build that nobody owns."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.site.page import Page
from itsm_as_code.site.render import render
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience

MANIFEST = "site-manifest.json"
_SAFE_PATH = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*\.?[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of one audience's site: its folder, and how many pages it has, by what happened to them."""

    audience: Audience
    folder: Path
    pages: int
    written: int
    unchanged: int
    deleted: int


def publish(  # noqa: PLR0913, PLR0917 - one argument for each thing a build depends on
    snapshot: Snapshot,
    out: Path,
    audiences: Sequence[Audience],
    now: datetime,
    findings: Sequence[Finding],
    overrides: Mapping[str, str] | None = None,
) -> tuple[Built, ...]:
    """Write the site of each audience to a folder of its name below `out`, and return what came of each.

    A page is written only if its bytes changed, by way of a temporary file. Pages of an earlier build are deleted if
    its manifest lists them and they are as it left them. Raises ItsmError where `out` is no place for a site.
    """
    _check(out)
    try:
        return tuple(
            _write(audience, out / audience, render(snapshot, now, audience, findings, overrides))
            for audience in audiences
        )
    except OSError as error:
        raise ItsmError(f"cannot write {error.filename or out}: {error.strerror or error}") from error


def _check(out: Path) -> None:
    place = out.resolve()
    for folder in (place, *place.parents):
        if folder.exists() and not folder.is_dir():
            raise ItsmError(f"{out} cannot be a folder: {folder} is a file", "name another folder for the site")
        if folder.name == RECORDS and ((folder.parent / "itsm.yaml").exists() or (folder.parent / ".git").exists()):
            raise ItsmError(f"{out} is inside {folder}, where records stand", "name another folder for the site")


@dataclass(slots=True)
class _Folder:
    """One site's folder while it is written."""

    root: Path
    before: Mapping[str, str]
    after: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def take(self, page: Page) -> None:
        """Write a page if its file is not there or differs."""
        self.after[page.path] = hashlib.sha256(page.content).hexdigest()
        path = self.root / page.path
        there = _bytes(path)
        if there == page.content:
            return
        if there is None:
            path.parent.mkdir(parents=True, exist_ok=True)
        files.replace(path, page.content)
        self.written += 1

    def drop_unowned(self) -> int:
        """Delete what the earlier build wrote, this one does not, and nobody changed; return how many."""
        deleted = 0
        for name, checksum in self.before.items():
            path = self.root / name
            if name in self.after or _SAFE_PATH.fullmatch(name) is None or path.is_symlink():
                continue
            there = _bytes(path)
            if there is not None and hashlib.sha256(there).hexdigest() == checksum:
                path.unlink()
                deleted += 1
        return deleted


def _write(audience: Audience, root: Path, pages: Iterable[Page]) -> Built:
    manifest = root / MANIFEST
    before = _manifest(manifest)
    if before is None:
        _claim(root, manifest)
    folder = _Folder(root, before or {})
    for page in pages:
        folder.take(page)
    deleted = folder.drop_unowned()
    content = _manifest_bytes(folder.after)
    if _bytes(manifest) != content:
        files.replace(manifest, content)
    return Built(audience, root, len(folder.after), folder.written, len(folder.after) - folder.written, deleted)


def _claim(root: Path, manifest: Path) -> None:
    """Make a folder ours by its manifest, before anything else is written, so that a build cut off can be repeated."""
    root.mkdir(parents=True, exist_ok=True)
    foreign = next((path for path in sorted(root.iterdir()) if not path.name.startswith(".")), None)
    if foreign is not None:
        raise ItsmError(f"{foreign} was not written by an earlier build", "name an empty folder for the site")
    files.replace(manifest, _manifest_bytes({}))


def _manifest(path: Path) -> Mapping[str, str] | None:
    """Return path and checksum of each page of the earlier build; None where there was none."""
    text = _bytes(path)
    if text is None:
        return None
    try:
        files = json.loads(text)["files"]
        return {name: checksum for name, checksum in files.items() if isinstance(checksum, str)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ItsmError(f"{path} is not the manifest of a site", "name an empty folder for the site") from error


def _manifest_bytes(files: Mapping[str, str]) -> bytes:
    return (json.dumps({"files": dict(sorted(files.items()))}, indent=0) + "\n").encode()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
