"""What tests share: a git repository on disk, what a run of the command line said, and a rule's example as a source."""

import os
import subprocess
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from itsm_as_code.rules.reference import ExampleFile
from itsm_as_code.snapshot.conflicts import words_of
from itsm_as_code.sources.merge import Conflict
from itsm_as_code.sources.source import Entry, FileType


def unpacked(archive: Path, folder: Path) -> None:
    """Unpack an archive of real data into a folder."""
    with tarfile.open(archive) as tar:
        # The first versions of Python 3.11 know no filters.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(folder)  # noqa: S202 - filtered, where that is known


@dataclass(frozen=True)
class GitRepo:
    """A git repository on disk with fixed dates, so that hashes are stable; whoever `author` is commits, too."""

    root: Path

    def git(self, *arguments: str, date: str = "2026-03-01T12:00:00+00:00", author: str = "Test") -> str:
        fixed = {
            name: value
            for who in ("AUTHOR", "COMMITTER")
            for name, value in (
                (f"GIT_{who}_NAME", author),
                (f"GIT_{who}_EMAIL", f"{author.lower()}@example.org"),
                (f"GIT_{who}_DATE", date),
            )
        }
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=self.root, env={**os.environ, **fixed}, capture_output=True, check=True)
        return done.stdout.decode()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, text in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(
        self,
        files: Mapping[str, str | bytes],
        message: str = "records",
        date: str = "2026-03-01T12:00:00+00:00",
        author: str = "Test",
    ) -> str:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message, date=date, author=author)
        return self.git("rev-parse", "HEAD").strip()


@dataclass(frozen=True)
class Run:
    """What one run of the command line said."""

    exit_code: int
    stdout: str
    stderr: str


class RunItsm(Protocol):
    """Runs `itsm` in this process: run_itsm("lint", "--strict", cwd=folder)."""

    def __call__(self, *arguments: str, cwd: Path | None = None) -> Run: ...


class ExampleSource:
    """The files of an example, some of which are no files."""

    name = "example"

    def __init__(self, files: Sequence[ExampleFile]) -> None:
        plain = ExampleFile("itsm.yaml", b"format: 1\n", (), frozenset())
        self._files = {file.path: file for file in (plain, *files) if not file.deleted}

    def entries(self) -> Sequence[Entry]:
        return [_entry(self._files[path]) for path in sorted(self._files)]

    def read(self, paths: Iterable[str]) -> Iterable[tuple[str, bytes | str]]:
        for path in paths:
            file = self._files[path]
            yield path, "permission denied" if "unreadable" in file.words else file.data


def _entry(file: ExampleFile) -> Entry:
    kind = _type(file)
    # As if the branch main had added the same file, with other words in it.
    both_added = Conflict(file.path, base=None, ours=file.data, theirs=b"", theirs_name="main")
    return Entry(file.path, kind, words_of(both_added) if kind == "conflict" else "")


def _type(file: ExampleFile) -> FileType:
    if "symlink" in file.words:
        return "symlink"
    if "conflict" in file.words:
        return "conflict"
    return "submodule" if "submodule" in file.words else "file"
