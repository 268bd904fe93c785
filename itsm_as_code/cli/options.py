"""What commands share: options for root, revision and clock, loading with progress, and the terminal's look."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TextIO
from zoneinfo import ZoneInfo

import click

from itsm_as_code.cli.main import shows_colour
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.moments import NoMomentError, parse_moment
from itsm_as_code.reading.events import HAS_LIBYAML
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.rules.known import refuse_unknown
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.repository import SETTINGS, find_root
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.source import Source
from itsm_as_code.sources.staged import StagedSource
from itsm_as_code.sources.worktree import WorktreeSource

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

root_option: Decorator = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Repository of records; by default the nearest folder above that has an itsm.yaml.",
)
rev_option: Decorator = click.option("--rev", metavar="REV", help="Read this git revision and not the working tree.")
staged_option: Decorator = click.option(
    "--staged", is_flag=True, help="Read what is staged for the next commit and not the working tree."
)

all_option: Decorator = click.option(
    "--all", "everything", is_flag=True, help="Show all of a long list, even on a terminal."
)


def format_option(*names: str) -> Decorator:
    """Return the option that chooses an output format; the first is the default."""
    return click.option(
        "--format", "format_", type=click.Choice(names), default=names[0], show_default=True, help="Output format."
    )


def find_folder(root: Path | None, rev: str | None = None) -> Path:
    """Return the root of the repository of records; a revision may hold the `itsm.yaml` that the folder lacks."""
    if root is None:
        return find_root(Path.cwd())
    folder = root.resolve()
    if rev is None and not (folder / SETTINGS).is_file():
        message = f"{folder} holds no {SETTINGS}"
        raise ItsmError(message, "name the root of a repository of records, or make one: itsm init DIR")
    return folder


def open_source(root: Path | None, rev: str | None, *, staged: bool = False, name: str = "") -> Source:
    """Return the source that the options name: the working tree, a revision (by another name), or what is staged."""
    if staged and rev is not None:
        raise ItsmError("--staged and --rev exclude each other", "what is staged is in no revision yet")
    if not HAS_LIBYAML:
        click.echo(
            "warning: PyYAML lacks libyaml here; results are the same, reading takes ten times as long", err=True
        )
    folder = find_folder(root, rev)
    if staged:
        return StagedSource(folder)
    return RevisionSource(folder, rev, name=name) if rev is not None else WorktreeSource(folder)


def open_snapshot(root: Path | None, rev: str | None, *, staged: bool = False) -> Snapshot:
    """Return the snapshot that the options name, showing progress on a terminal where it takes over a second.

    Raises ItsmError where `itsm.yaml` cannot be gone by, which includes that it names an unknown rule.
    """
    return read_snapshot(open_source(root, rev, staged=staged))


def read_snapshot(source: Source, known: Snapshot | None = None) -> Snapshot:
    """Return the snapshot of a source; `known` is another one of the same repository. Else as `open_snapshot`."""
    with Progress("reading records") as progress:
        snapshot = load(source, progress, known)
    refuse_unknown(snapshot.config.severities)
    return snapshot


class Progress:
    """A line on standard error, only on a terminal and only after a second, wiped at the end."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._next = time.monotonic() + 1
        self._shown = False
        self._wanted = _is_terminal(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, of: int) -> None:
        """Say how many of how many are done, at most ten times a second."""
        if not self._wanted or done % 16 or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + 0.1
        self._shown = True
        sys.stderr.write(f"\r{self._label}: {done:,} of {of:,}\x1b[K")
        sys.stderr.flush()

    def __exit__(self, *_error: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; one that was closed before we began is None."""
    return stream is not None and stream.isatty()


def look(*, everything: bool = False) -> Look | None:
    """Return the terminal's look, or None where standard output is no terminal."""
    if not _is_terminal(sys.stdout):
        return None
    return Look(shutil.get_terminal_size((100, 24)).columns, shows_colour(), everything)


def clock(now: str | None, option: str = "--now", zone: str = "UTC") -> datetime:
    """Return the time that the option says, else SOURCE_DATE_EPOCH, else the clock's, always with an offset.

    A time may be said as people of the zone say it: ``2026-03-04``, ``2 days ago``.
    """
    if now is not None:
        try:
            return parse_moment(now, clock(None), ZoneInfo(zone))
        except NoMomentError as error:
            raise ItsmError(f"{option} {error.message}", error.hint) from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH={epoch} is not a number of seconds"
            raise ItsmError(message) from error
    return datetime.now(UTC).replace(microsecond=0)


def clock_in_zone(now: str | None, zone: str) -> datetime:
    """Return the same time as people of that zone write it."""
    moment = clock(now, zone=zone)
    return moment if now is not None else moment.astimezone(ZoneInfo(zone))


def emit(text: str) -> None:
    """Print text as it is, whatever the terminal's encoding can show."""
    click.echo(text.encode("utf-8", "replace").decode("utf-8"), nl=False, color=True)
