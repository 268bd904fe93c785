"""Runs git: one process a question, with an environment that cannot mislead it."""

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO

from itsm_as_code.errors import ItsmError
from itsm_as_code.sources.source import READ_AT_MOST, most_of

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_SETTINGS = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Grafts are what replaced objects before git had replace refs: parents that no commit names. Of a file that is
    # there, even an empty one, git says that it is not to be used any more.
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
}

_STRANGERS = re.compile(r"dubious ownership in repository at '(.*)'|^unsafe repository \('(.*?)' is owned")
_BLOCK = 1 << 16

_NOWHERE_ELSE: Mapping[str, str] = MappingProxyType({})

_OF_THE_USER = ("GIT_CONFIG_", "GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_SSH", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT")
"""Variables that say who the user is and how to reach a server, and lead git to no other repository."""

_SECONDS = 60.0
"""How long git may take for an answer; it waits for ever where a `.gitignore` is a pipe."""
_SECONDS_TO_ACT = 1800.0
"""How long it may take to commit or to push: hooks may run for long, and servers be slow."""


def _environment() -> dict[str, str]:
    """Return our environment without git's own variables (a hook sets GIT_DIR and more)."""
    # Settings are the exception: tests and build machines give theirs so, `safe.directory` among them.
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith("GIT_CONFIG_")
    }
    return kept | _SETTINGS


def set_apart(objects: str, cwd: Path) -> Mapping[str, str]:
    """Return the variables by which git writes new objects into `objects`, and reads the repository's as well."""
    own = Path(cwd, os.fsdecode(run(["rev-parse", "--git-path", "objects"], cwd).removesuffix(b"\n"))).absolute()
    quoted = str(own).replace("\\", "\\\\").replace('"', '\\"')
    return {"GIT_OBJECT_DIRECTORY": objects, "GIT_ALTERNATE_OBJECT_DIRECTORIES": f'"{quoted}"'}


def act(
    arguments: Iterable[str], cwd: Path, *, stdin: bytes = b"", also: Mapping[str, str] = _NOWHERE_ELSE
) -> tuple[int, str]:
    """Run a git that writes, runs hooks or talks to a server; return its exit code and all that it says.

    Its environment is the user's, without what could lead it to another repository; `also` are further variables.
    """
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    own = {key: value for key, value in os.environ.items() if key.startswith(_OF_THE_USER)}
    command = ["git", *arguments]
    environment = {**kept, **own, "LANGUAGE": "en", **also}
    done = _done(command, cwd, environment, stdin, acts=True)
    return done.returncode, done.stdout.decode("utf-8", "replace")


class RefusedError(ItsmError):
    """Git ran and refused what it was asked for."""


def run(
    arguments: Iterable[str],
    cwd: Path,
    *,
    stdin: bytes = b"",
    where: Mapping[str, str] = _NOWHERE_ELSE,
    fine: Collection[int] = (0,),
) -> bytes:
    """Return what git prints; raise RefusedError with git's own words where it fails.

    `where` are variables that lead git to another index, or to what `set_apart` gave; with the exit codes `fine` it
    does not fail.
    """
    return ask(arguments, cwd, stdin=stdin, where=where, fine=fine)[0]


def ask(
    arguments: Iterable[str],
    cwd: Path,
    *,
    stdin: bytes = b"",
    where: Mapping[str, str] = _NOWHERE_ELSE,
    fine: Collection[int] = (0,),
) -> tuple[bytes, bytes]:
    """Return what git prints and what it complains of meanwhile; as `run` in all else."""
    done = _done([*_GIT, *arguments], cwd, {**_environment(), **where}, stdin)
    if done.returncode not in fine:
        raise _refusal(done.stderr, cwd)
    return done.stdout, done.stderr


def _done(
    command: Sequence[str], cwd: Path, environment: Mapping[str, str], stdin: bytes, *, acts: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Return what a process did; of one that `acts`, complaints stand among what it prints. Raises ItsmError."""
    try:
        return subprocess.run(  # noqa: S603 - a list, no shell
            command,
            cwd=cwd,
            env=environment,
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if acts else subprocess.PIPE,
            check=False,
            timeout=_SECONDS_TO_ACT if acts else _SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        asked = next(word for word in command[1:] if not word.startswith("-") and "=" not in word)
        message = f"git gives no answer to git {asked} in {cwd}"
        raise ItsmError(
            message, "see whether a .gitignore or a file in .git is a pipe, or a disk does not answer"
        ) from error
    except FileNotFoundError as error:
        if not cwd.is_dir():
            message = f"{cwd}: no such folder"
            raise ItsmError(message) from error
        message = "git is not installed"
        raise ItsmError(message, "install git and try again") from error


def _refusal(complaints: bytes, cwd: Path) -> ItsmError:
    """Return what git's complaint means to the person who asked."""
    words = complaints.decode("utf-8", "replace").strip().splitlines() or ["failed"]
    # Warnings and hints may stand above.
    first = next((line for line in words if line.startswith(("fatal: ", "error: "))), words[0]).removeprefix("fatal: ")
    if "not a git repository" in first:
        hint = "only git keeps revisions; make one there (git init), or leave the option out"
        return RefusedError(f"{cwd} is not a git repository", hint)
    stranger = _STRANGERS.search(first)
    if stranger is not None:
        folder = stranger[1] or stranger[2]
        hint = f"if you trust it: git config --global --add safe.directory {shlex.quote(folder)}"
        return ItsmError(f"the git repository {folder} belongs to another user, and git does not read it", hint)
    if "safe.bareRepository" in first:
        hint = "name the repository of records with its work tree, or set safe.bareRepository to all"
        return ItsmError(f"git is told not to read bare repositories such as {cwd}", hint)
    return RefusedError(f"git: {first}")


def stream(arguments: Iterable[str], cwd: Path) -> Iterator[bytes]:
    """Yield what git prints as it prints it, cut at NUL bytes; raise as `run` does where git fails."""
    command = [*_GIT, *arguments]
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(  # noqa: S603 - a list, no shell
            command, cwd=cwd, env=_environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 - asked for above
        parts: list[bytes] = []
        try:
            while block := process.stdout.read(_BLOCK):
                first, *others = block.split(b"\0")
                parts.append(first)
                for other in others:
                    yield b"".join(parts)
                    parts = [other]
            if any(parts):
                yield b"".join(parts)
            if process.wait():
                complaints.seek(0)
                raise _refusal(complaints.read(), cwd)
        finally:
            process.kill()


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


def read_files(
    blobs: Mapping[str, str], paths: Iterable[str], folder: Path, where: Mapping[str, str] = _NOWHERE_ELSE
) -> Iterator[tuple[str, bytes]]:
    """Yield each path that has a blob with its content, `most_of` it, in order, from one process."""
    asked = [path for path in paths if path in blobs]
    if not asked:
        return
    with tempfile.TemporaryFile() as wanted:
        wanted.write("".join(f"{blobs[path]}\n" for path in asked).encode())
        wanted.seek(0)
        command = [*_GIT, "cat-file", "--batch"]
        with subprocess.Popen(  # noqa: S603 - a list, no shell
            command,
            cwd=folder,
            env={**_environment(), **where},
            stdin=wanted,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            try:
                for path in asked:
                    yield path, _next_blob(process.stdout, most_of(path))
            finally:
                process.kill()


def _next_blob(output: IO[bytes], most: int) -> bytes:
    header = output.readline().split()
    if len(header) != 3:  # noqa: PLR2004 - "<id> blob <size>", else "<id> missing"; nothing where it is damaged
        message = f"git object {header[0].decode()} is missing" if header else "a git object cannot be read"
        raise ItsmError(message, "the clone may be shallow, partial or damaged; fetch the whole history")
    size = int(header[2])
    content = output.read(min(size, most))
    left = size - len(content) + 1
    while left > 0 and (dropped := output.read(min(left, READ_AT_MOST))):
        left -= len(dropped)
    return content
