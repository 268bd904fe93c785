"""The `itsm` command: its commands by name, imported when called, and what each way to fail prints and exits with."""

import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from itsm_as_code.errors import ItsmError
from itsm_as_code.version import VERSION

GROUPS: Mapping[str, Mapping[str, str]] = {
    "Judge and read": {
        "lint": "Say what is wrong in the records, with file, line and column.",
        "check": "Say what is overdue, expired or soon will be, as of a time.",
        "link": "Count the links, list the broken ones, or show one record's.",
        "show": "Show one record: facts, links both ways, timeline.",
        "list": "List the records of a kind as table, JSON or CSV.",
        "impact": "Say what fails if a service or CI fails, and whom to call.",
        "spof": "Name the single points of failure of all services or of one.",
        "risk": "Say how risky a change is, and why.",
    },
    "Read the past": {
        "diff": "Tell what differs between two revisions, and what follows.",
        "log": "Tell the life of one record, commit by commit.",
        "blame": "Say who gave each field of a record its present value.",
        "history": "List every change of a field over many records.",
    },
    "Write": {
        "new": "Write a new record from a commented starter.",
        "note": "Add a note to a record's timeline.",
        "transition": "Move a record to another state, and log it.",
        "assign": "Give a record to a team or a person.",
        "set": "Set fields of a record, and leave all else as it is.",
        "task": "List the tasks of a record, or say how far one is.",
        "fold": "Move timeline entries in files of their own into their record.",
        "renumber": "Give a record another id, and every link to it the new address.",
        "propose": "Commit edits to a branch of their own, push it, and link to the new pull request.",
    },
    "Work on incidents": {
        "outage": "Open an incident for an outage, from the alarm to the status page.",
        "impact-level": "Say how services look to their users from now on.",
        "communicate": "Tell people how it stands, and keep what they were told.",
        "escalate": "Take a record to the next level.",
        "major": "Declare a major incident, tell how it stands, close it.",
        "resolve": "Say that it works again, and how it ended.",
    },
    "Publish and bring in": {
        "render": "Build the static status and CMDB site.",
        "import": "Turn another tool's data into records.",
    },
    "Set up and look up": {
        "init": "Make a new repository of records.",
        "setup": "Set up an editor: completion, explanations and checks while typing.",
        "explain": "Say why a rule exists, with a wrong and a right example.",
        "schema": "Print a kind's JSON Schema for editors.",
        "completion": "Print the shell completion script.",
    },
}
"""Commands by what they are for, each with one line of help; the command itself is `cli/<name>_command.py`."""
COMMANDS = {name: line for group in GROUPS.values() for name, line in group.items()}

EXIT_FINDINGS = 1
EXIT_CANNOT_GO_ON = 2
EXIT_BUG = 3
EXIT_NOT_READ = 141
"""Nobody read all of the output, as of a program that SIGPIPE ends: what was found is not known to the reader."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that help and version stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return a command; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"itsm_as_code.cli.{cmd_name.replace('-', '_')}_command").command
        assert isinstance(command, click.Command)  # noqa: S101 - our own table and modules
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the words name, or fail with the nearest name."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from itsm_as_code.cli.usage import command_hint  # noqa: PLC0415 - only where something is wrong

            ctx.fail(f"there is no command {args[0]}{command_hint(args[0], list(COMMANDS))}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; click itself would end with 1, findings, where the reader of our output has gone."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise click.exceptions.Exit(EXIT_NOT_READ) from None

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        """Read the words; `--help` and `--version` write already here."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError:
            raise click.exceptions.Exit(EXIT_NOT_READ) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the tables of commands without importing them."""
        for title, group in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl(list(group.items()))


EPILOG = """\b
Examples:
  itsm init my-records && cd my-records
  itsm lint
  itsm new incident --title "Checkout returns 500" --set impact=high --set urgency=high
  itsm show ci:web-01
  itsm render build/site

Exit codes: 0 good, 1 something to report, 2 the run could not go on, 3 a bug of this program.
"""


@click.group(
    cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(VERSION, prog_name="itsm")
def cli() -> None:
    """IT service management from a git repository: YAML records, linted, linked and rendered."""


def main() -> NoReturn:
    """Run the command line and exit: 0, 1 for findings, 2 where the run cannot go on, 3 for a bug."""
    try:
        outcome = cli.main(prog_name="itsm", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.exit(outcome if isinstance(outcome, int) else 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.UsageError as error:
        # Some versions of click raise the whole help where nothing was typed.
        if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
            error.show()
        else:
            from itsm_as_code.cli.usage import usage_line  # noqa: PLC0415 - only where something is wrong

            _complain(usage_line(error))
        sys.exit(EXIT_CANNOT_GO_ON)
    except ItsmError as error:
        _complain(str(error))
        sys.exit(EXIT_CANNOT_GO_ON)
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted")
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (| head); Python would complain once more when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_NOT_READ)
    except OSError as error:
        _complain(f"{error.filename or 'input/output'}: {error.strerror or error}")
        sys.exit(EXIT_CANNOT_GO_ON)
    except Exception:  # noqa: BLE001 - the last resort: a bug is told as one, with its own exit code
        traceback.print_exc()
        _complain("this is a bug of itsm; please report it with the lines above")
        sys.exit(EXIT_BUG)


def _complain(text: str) -> None:
    from itsm_as_code.model.letters import visible  # noqa: PLC0415 - only where something is wrong

    start = click.style("error:", fg="red", bold=True) if shows_colour() else "error:"
    click.echo(f"{start} {visible(text)}", err=True)


def shows_colour() -> bool:
    """Return whether a terminal may be given colour: NO_COLOR and TERM=dumb say no."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
