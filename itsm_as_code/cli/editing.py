"""What commands share that edit records: who and when, and how a plan is judged, shown, carried out and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import TypedDict
from zoneinfo import ZoneInfo

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_record
from itsm_as_code.editing import actor
from itsm_as_code.editing.apply import apply
from itsm_as_code.editing.checking import Outlook, look_ahead, refuse_errors
from itsm_as_code.editing.commit import Intent, commit, prepare
from itsm_as_code.editing.difference import unified
from itsm_as_code.editing.entry import Stamp
from itsm_as_code.editing.moments import moment
from itsm_as_code.editing.plan import FileEdit, Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding
from itsm_as_code.model.letters import visible, visible_lines
from itsm_as_code.model.moments import EXAMPLES
from itsm_as_code.model.place import printable
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import RECORDS, owner_of_entry
from itsm_as_code.reading.document import read_document
from itsm_as_code.reporters.terminal import Look, counted
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources import git
from itsm_as_code.sources.committing import NotCommittedError
from itsm_as_code.sources.ignoring import ignored
from itsm_as_code.sources.source import Source


class Chosen(TypedDict):
    """What the options of `editing_options` say."""

    root: Path | None
    as_: str | None
    at: str | None
    dry_run: bool
    commit: bool


_OPTIONS: Sequence[options.Decorator] = (
    click.option("--as", "as_", metavar="PERSON", help="Who does it, or a team; by default git's user.email."),
    click.option("--at", metavar="TIME", help=f"When it happened: {EXAMPLES}. By default now."),
    click.option("--dry-run", is_flag=True, help="Write nothing; print the diff."),
    click.option("--commit", is_flag=True, help="Commit the edit, and nothing else, with a message that tells it."),
    options.root_option,
)


def editing_options(command: Callable[..., object]) -> Callable[..., object]:
    """Give a command the options that all have that edit records."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Desk:
    """What an edit starts from: the records as they are on disk, and what the options say of who and when."""

    root: Path
    source: Source
    snapshot: Snapshot
    named: str | None
    at: datetime
    now: datetime
    random: Random

    def find(self, text: str, prefer: tuple[str, ...] = ()) -> Record:
        """Return the record of this name, which may be edited; raise ItsmError otherwise."""
        record = find_record(self.snapshot, text, prefer)
        if not record.whole and not self._reads(record.file):
            message = f"{printable(record.file)} cannot be read whole, and so not be edited"
            raise ItsmError(message, f"itsm lint {printable(record.file)} says why")
        return record

    def _reads(self, file: str) -> bool:
        """Return whether a file can be read to its end, whatever the entry files beside it are like."""
        data = self.snapshot.texts.get(file)
        return data is not None and read_document(file, data).readable

    def stamp(self, *, signed: bool = True) -> Stamp:
        """Return who does it and when; raise ItsmError where it is not known who.

        What adds no entry to a timeline need not be `signed`: who did it is git's to know.
        """
        if not signed and self.named is None:
            return Stamp(self.at, "", self.now, self.random)
        email = "" if self.named is not None else git.setting("user.email", self.root)
        return Stamp(self.at, actor.address(self.snapshot, self.named, email), self.now, self.random)


def begin(chosen: Chosen) -> Desk:
    """Read the records of the working tree and the options that all edits have."""
    source = options.open_source(chosen["root"], None)
    snapshot = options.read_snapshot(source)
    zone = snapshot.config.time_zone
    now = options.clock(None).astimezone(ZoneInfo(zone))
    at = moment(chosen["at"], now, zone)
    return Desk(options.find_folder(chosen["root"]), source, snapshot, chosen["as_"], at, now, SystemRandom())


def carry_out(desk: Desk, plan: Plan, chosen: Chosen) -> int:
    """Judge a plan, write it or show what it would write, say what was done, and return the exit code.

    Raises ItsmError where it would bring errors to the records that it edits, or cannot be written: then nothing is.
    """
    if not plan.edits:
        options.emit("".join(f"{visible(line)}\n" for line in plan.said))
        return 0
    outlook = look_ahead(desk.snapshot, desk.source, plan)
    refuse_errors(plan, outlook)
    _refuse_ignored(desk.root, plan)
    if chosen["dry_run"]:
        options.emit(shown(plan.edits))
        click.echo("".join(f"would be done: {visible(line)}\n" for line in plan.said) + "nothing was written", err=True)
    else:
        _write(desk, plan, commits=chosen["commit"])
    _warn(outlook)
    return 0


def _refuse_ignored(root: Path, plan: Plan) -> None:
    """Refuse new files that git would leave aside: whoever wrote them would think that they are kept."""
    new = [edit.path for edit in plan.edits if edit.before is None and edit.after is not None]
    for path, why in ignored(root, new).items():
        let_in = f"below it: !{RECORDS}/**/*.d/" if owner_of_entry(path) else "that lets it in"
        raise ItsmError(f"git would ignore {printable(path)} ({why})", f"take the line out, or add one {let_in}")


def _write(desk: Desk, plan: Plan, *, commits: bool) -> None:
    """Write the files of a plan, commit them where that is wanted, and say so; a plan that says nothing gives paths."""
    indent = "  " if plan.said else ""
    intent = prepare(desk.root, plan) if commits else None
    apply(desk.root, plan.edits)
    options.emit("".join(f"{visible(line)}\n" for line in plan.said))
    options.emit("".join(f"{indent}{printable(edit.path)}\n" for edit in plan.edits))
    if intent is not None:
        options.emit(f"{indent}{_committed(intent, desk.now)}\n")


def _committed(intent: Intent, now: datetime) -> str:
    """Commit, and return the words that tell it; what a hook said where it refused goes to standard error."""
    try:
        id_ = commit(intent, now)
    except NotCommittedError as error:
        click.echo(visible_lines(error.output), err=True, nl=False)
        raise
    along = f", with what was edited before in {', '.join(map(printable, intent.along))}" if intent.along else ""
    return f"committed as {id_}{along}" if id_ else "nothing to commit: the last commit has it, or git ignores it"


def _warn(outlook: Outlook) -> None:
    """Say on standard error what lint will say of the records now and did not before."""
    for finding in outlook.warnings:
        click.echo(f"warning: {_told(finding)}", err=True)
    for finding in outlook.disputed:
        click.echo(f"warning: a pull request may not pass with this: {_told(finding)}", err=True)
    if outlook.elsewhere:
        first = outlook.elsewhere[0]
        rest = len(outlook.elsewhere) - 1
        more = f"; and {counted(rest, 'error')} more, itsm lint lists them" if rest else ""
        click.echo(f"warning: this makes an error of another record: {_told(first)}{more}", err=True)


def _told(finding: Finding) -> str:
    return visible(f"{finding.record or printable(finding.place.file)}: {finding.message} ({finding.rule})")


def shown(edits: Sequence[FileEdit]) -> str:
    """Return the edits as a unified diff, in the colours that git gives it where a terminal wants them."""
    diff, look = unified(edits), options.look()
    if look is None or not look.colour:
        return diff
    return "".join(_painted(line, look) for line in diff.splitlines(keepends=True))


def _painted(line: str, look: Look) -> str:
    text = line.rstrip("\n")
    end = line[len(text) :]
    if text.startswith(("+++", "---")):
        return look.bold(text) + end
    colour = {"+": "green", "-": "red", "@": "blue"}.get(text[:1])
    return look.paint(text, colour) + end if colour else line
