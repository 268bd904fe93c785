"""The options of time travel: which revision is read, and what time it is then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.times import parse_time, time_text
from itsm_as_code.reading.config import FILE, load_config
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.branch import HEAD, commit_at
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.source import Source


@dataclass(frozen=True, slots=True)
class When:
    """What the options say: a revision, the clock, and the time of both."""

    rev: str | None = None
    """A git revision; with `at`, a branch. None for the working tree; with `at`, for what is checked out."""
    now: str | None = None
    at: str | None = None
    clock_option: str = "--now"
    """The option that said `now`."""

    @property
    def is_told(self) -> bool:
        """Whether a time is given; else it is now, or whatever SOURCE_DATE_EPOCH says."""
        return self.now is not None or self.at is not None

    @property
    def tip(self) -> str | None:
        """The revision that is read, or the branch from whose commits one is chosen; None for the working tree."""
        return HEAD if self.rev is None and self.at is not None else self.rev


_OPTIONS = (
    options.rev_option,
    click.option(
        "--now",
        metavar="TIME",
        help="The clock (RFC 3339, 2026-03-04, yesterday 14:00); by default SOURCE_DATE_EPOCH, else the machine's.",
    ),
    click.option(
        "--at",
        metavar="TIME",
        help="Read the last commit at that time, of HEAD or of the branch --rev, and set the clock to it.",
    ),
)


def when_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --rev, --now and --at, as its one argument `when`."""

    @wraps(command)
    def told(*, rev: str | None, now: str | None, at: str | None, **rest: Any) -> Any:  # noqa: ANN401 - whatever the command takes and gives
        return command(**rest, when=When(rev, now, at))

    given: Callable[..., Any] = told
    for option in reversed(_OPTIONS):
        given = option(given)
    return given


def open_at(root: Path | None, when: When, *, staged: bool = False) -> tuple[Snapshot, datetime]:
    """Return the snapshot that the options name, and the time by its clock.

    Raises ItsmError where the options exclude each other, where a time is none, or where history does not reach so far.
    """
    source, moment = _opened(root, when, staged=staged)
    snapshot = options.read_snapshot(source)
    return snapshot, moment or options.clock(when.now, when.clock_option, snapshot.config.time_zone)


def open_when(root: Path | None, when: When, *, staged: bool = False) -> Source:
    """Return the source that the options name; raising as `open_at`, but for the time of `--now`, which it ignores."""
    return _opened(root, when, staged=staged)[0]


def _opened(root: Path | None, when: When, *, staged: bool) -> tuple[Source, datetime | None]:
    """Return the source, and the time that `--at` says; None without it."""
    if when.at is not None and when.now is not None:
        raise ItsmError(f"--at and {when.clock_option} exclude each other", "--at sets the clock as well")
    if when.at is not None and staged:
        raise ItsmError("--staged and --at exclude each other", "what is staged is in no commit yet")
    if when.at is None:
        return options.open_source(root, when.rev, staged=staged), None
    return source_at(root, when.tip, when.at)


def source_at(root: Path | None, branch: str | None, at: str, option: str = "--at") -> tuple[Source, datetime]:
    """Return the branch's last commit at a time, and the time; without a branch, of what is checked out."""
    tip = HEAD if branch is None else branch
    folder = options.find_folder(root, tip)
    moment = parse_time(at) or options.clock(at, option, _time_zone(folder, tip))
    commit = commit_at(folder, tip, moment)
    return options.open_source(root, commit, name=f"{tip} at {time_text(moment)}"), moment


def _time_zone(folder: Path, revision: str) -> str:
    """Return the organisation's time zone as a revision has it."""
    source = RevisionSource(folder, revision, (FILE,))
    for _path, data in source.read([entry.path for entry in source.entries()]):
        if isinstance(data, bytes):
            return load_config(data).time_zone
    raise ItsmError(f"{revision} holds no {FILE}", "commit it, or name the folder of the records")
