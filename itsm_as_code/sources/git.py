"""Runs git: one process a question, with an environment that cannot mislead it."""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources.source import READ_AT_MOST

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_SETTINGS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
}

_SECONDS = 60.0
"""How long git may take for an answer; it waits for ever where a `.gitignore` is a pipe."""


def _environment() -> dict[str, str]:
    """Return our environment without git's own variables (a hook sets GIT_DIR and more)."""
    # The file that names a user's settings is the exception: tests and build machines point it elsewhere.
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith("GIT_CONFIG_")
    }
    return kept | _SETTINGS


class RefusedError(ItsmError):
    """Git ran and refused what it was asked for."""


def run(arguments: Iterable[str], cwd: Path, *, stdin: bytes = b"", index: str = "") -> bytes:
    """Return what git prints; raise RefusedError with git's own words where it fails.

    `index` is the index file to read where that is not the repository's own.
    """
    return ask(arguments, cwd, stdin=stdin, index=index)[0]


def ask(arguments: Iterable[str], cwd: Path, *, stdin: bytes = b"", index: str = "") -> tuple[bytes, bytes]:
    """Return what git prints and what it complains of meanwhile; as `run` in all else."""
    command = [*_GIT, *arguments]
    try:
        environment = _environment() | ({"GIT_INDEX_FILE": index} if index else {})
        done = subprocess.run(  # noqa: S603 - a list, no shell
            command, cwd=cwd, env=environment, input=stdin, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        message = f"git gives no answer to git {command[len(_GIT)]} in {cwd}"
        raise ItsmError(
            message, "see whether a .gitignore or a file in .git is a pipe, or a disk does not answer"
        ) from error
    except FileNotFoundError as error:
        if not cwd.is_dir():
            message = f"{cwd}: no such folder"
            raise ItsmError(message) from error
        message = "git is not installed"
        raise ItsmError(message, "install git and try again") from error
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        if words and "not a git repository" in words[0]:
            message = f"{cwd} is not a git repository"
            raise RefusedError(message, "only git keeps revisions; make one there (git init), or leave the option out")
        raise RefusedError(f"git: {words[0].removeprefix('fatal: ') if words else 'failed'}")
    return done.stdout, done.stderr


def is_inside_work_tree(folder: Path) -> bool:
    """Return whether git keeps this folder in a work tree; where nothing looks like it, git is not asked."""
    here = folder.resolve()
    if not any((above / ".git").exists() for above in (here, *here.parents)):
        return False
    try:
        return run(["rev-parse", "--is-inside-work-tree"], folder).strip() == b"true"
    except RefusedError as error:
        if "not a git repository" in error.message:
            return False
        raise


def setting(name: str, folder: Path) -> str:
    """Return a git setting such as ``user.email``; empty where it is not set."""
    try:
        return run(["config", "--get", name], folder).decode("utf-8", "replace").strip()
    except ItsmError:
        return ""


def read_files(blobs: Mapping[str, str], paths: Iterable[str], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each path that has a blob with its content, `READ_AT_MOST` bytes of it, in order, from one process."""
    asked = [path for path in paths if path in blobs]
    if not asked:
        return
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{blobs[path]}\n" for path in asked).encode())
        wanted.seek(0)
        command = [*_GIT, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - a list, no shell
            command, cwd=folder, env=_environment(), stdin=wanted, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            try:
                for path in asked:
                    yield path, _next_blob(process.stdout)
            finally:
                process.kill()


def _next_blob(output: IO[bytes]) -> bytes:
    header = output.readline().split()
    if len(header) != 3:  # noqa: PLR2004 - "<id> blob <size>", else "<id> missing"; nothing where it is damaged
        message = f"git object {header[0].decode()} is missing" if header else "a git object cannot be read"
        raise ItsmError(message, "the clone may be shallow, partial or damaged; fetch the whole history")
    size = int(header[2])
    content = output.read(min(size, READ_AT_MOST))
    left = size - len(content) + 1
    while left > 0 and (dropped := output.read(min(left, READ_AT_MOST))):
        left -= len(dropped)
    return content
