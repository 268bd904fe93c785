"""What is said of words on the command line that no command understands: one line, in our own voice, with a hint."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

import click

from itsm_as_code.model.suggest import did_you_mean

COMMANDS_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("validate", "verify", "test", "audit", "doctor", "status"), "lint"),
    **dict.fromkeys(("overdue", "due", "expired", "remind"), "check"),
    **dict.fromkeys(("build", "site", "publish", "html", "serve", "docs", "generate"), "render"),
    **dict.fromkeys(("compare", "changes", "changed", "delta", "whatchanged"), "diff"),
    **dict.fromkeys(("trail", "audit-trail", "life", "commits", "revisions"), "log"),
    **dict.fromkeys(("annotate", "praise", "who"), "blame"),
    **dict.fromkeys(("changes", "register"), "history"),
    **dict.fromkeys(("create", "add", "open"), "new"),
    **dict.fromkeys(("edit", "update", "modify", "change", "put", "unset"), "set"),
    **dict.fromkeys(("move", "close", "reopen", "cancel", "state", "hold"), "transition"),
    **dict.fromkeys(("comment", "remark", "worklog", "journal"), "note"),
    **dict.fromkeys(("reassign", "give", "take", "handover", "hand-over"), "assign"),
    **dict.fromkeys(("get", "cat", "view", "describe", "display", "info"), "show"),
    **dict.fromkeys(("ls", "find", "search", "query", "export", "csv"), "list"),
    **dict.fromkeys(("links", "graph", "refs", "relations"), "link"),
    **dict.fromkeys(("blast", "affected", "dependents", "dependencies", "whatif", "what-if"), "impact"),
    **dict.fromkeys(("rules", "rule", "man", "why"), "explain --list"),
    **dict.fromkeys(("kinds", "fields", "types", "schemas"), "schema --list"),
    **dict.fromkeys(("load", "migrate", "convert", "ingest"), "import"),
    **dict.fromkeys(("start", "setup-repo", "clone"), "init"),
    **dict.fromkeys(("complete", "completions", "autocomplete"), "completion"),
    **dict.fromkeys(("help", "usage"), "--help"),
    "version": "--version",
}
"""What people call a command who know other tools."""
_OPTIONS_MEANT: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("--rule", "--rules", "--only", "--enable"), ("--select",)),
    **dict.fromkeys(("--exclude", "--skip", "--disable", "--except"), ("--ignore",)),
    **dict.fromkeys(("-f", "--json", "--csv", "--type"), ("--format",)),
    **dict.fromkeys(("-o", "--out", "--dest", "--to"), ("--output", "--into")),
    **dict.fromkeys(("--at", "--date", "--time", "--today", "--when"), ("--at", "--now")),
    **dict.fromkeys(("--now", "--as-of", "--asof"), ("--now", "--as-of", "--at")),
    **dict.fromkeys(("--revision", "--commit", "--branch", "--ref", "-r"), ("--rev",)),
    **dict.fromkeys(("--dir", "--directory", "--path", "--repo", "-C", "-d"), ("--root",)),
    **dict.fromkeys(("--filter", "--query", "-w", "-q"), ("--where",)),
    **dict.fromkeys(("--name", "--summary", "-t"), ("--title",)),
    **dict.fromkeys(("--field", "--value", "-s"), ("--set",)),
    **dict.fromkeys(("--by", "--user", "--author"), ("--as",)),
    **dict.fromkeys(("--error", "--fail-on-warnings", "--werror", "-W"), ("--strict",)),
    **dict.fromkeys(("-V", "-v"), ("--version",)),
    "--timezone": ("--time-zone",),
    "--dryrun": ("--dry-run",),
}


def usage_line(error: click.UsageError) -> str:
    """Return one line that says what is wrong in what was typed, and whose help to read."""
    context = error.ctx
    called = context.command_path if context is not None else " ".join(_called())
    return f"{_words(error)} ({called} --help)"


def command_hint(name: str, commands: Sequence[str]) -> str:
    """Return ` (did you mean itsm x?)` for a command that there is not; empty where none is near."""
    meant = COMMANDS_MEANT.get(name.lower(), "")
    if meant and (meant.startswith("-") or meant.split()[0] in commands):
        return f" (did you mean itsm {meant}?)"
    return did_you_mean(name, commands)


def _words(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        known = list(_options(error.ctx))
        near = next((name for name in _OPTIONS_MEANT.get(error.option_name, ()) if name in known), "")
        # Dashes make all options alike, and hardly anybody mistypes the first letter.
        alike = [name for name in known if name[:3] == error.option_name[:3]]
        hint = f" (did you mean {near}?)" if near else did_you_mean(error.option_name, alike)
        return f"there is no option {error.option_name}{hint}"
    if isinstance(error, click.BadOptionUsage) and "requires an argument" in error.format_message():
        return f"{error.option_name} needs a value after it"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{_named(error.param)} is missing{_choices(error.param)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param)
    message = error.format_message().rstrip(".")
    unknown = re.match(r"No such command '(.*?)'", message)
    if unknown is not None and error.ctx is not None and isinstance(error.ctx.command, click.Group):
        commands = error.ctx.command.list_commands(error.ctx)
        hint = did_you_mean(unknown[1], commands) or f"; there {_are(commands)}"
        return f"there is no command {error.ctx.command_path.partition(' ')[2]} {unknown[1]}{hint}"
    # The name of an argument stays in capitals.
    return message if message[1:2].isupper() else f"{message[:1].lower()}{message[1:]}"


def _are(commands: Sequence[str]) -> str:
    return f"{'is' if len(commands) == 1 else 'are'} {' and '.join(commands)}"


def _bad_value(error: click.BadParameter, parameter: click.Parameter) -> str:
    name, message = _named(parameter), error.message.rstrip(".")
    value = message.partition("'")[2].partition("'")[0]
    if isinstance(parameter.type, click.Choice):
        choices = [str(choice) for choice in parameter.type.choices]
        return f"{name} {value}: not one of {', '.join(choices)}{did_you_mean(value, choices)}"
    if isinstance(parameter.type, click.Path):
        what = message.rpartition("' ")[2]
        wanted = "; a folder is wanted" if what == "is a file" else ""
        return f"{name} {value} {what}{wanted}"
    return f"{name}: {message[:1].lower()}{message[1:]}"


def _named(parameter: click.Parameter) -> str:
    """Return a parameter as its help names it: ``--root``, ``OUT``."""
    if isinstance(parameter, click.Option):
        return str(parameter.opts[-1])
    return parameter.metavar.strip("[].") if parameter.metavar else str(parameter.name).strip("_").upper()


def _choices(parameter: click.Parameter) -> str:
    if not isinstance(parameter.type, click.Choice):
        return ""
    return f": one of {', '.join(str(choice) for choice in parameter.type.choices)}"


def _options(context: click.Context | None) -> Iterator[str]:
    for parameter in context.command.get_params(context) if context is not None else ():
        if isinstance(parameter, click.Option):
            yield from (name for name in parameter.opts if name.startswith("--"))


def _called() -> Iterator[str]:
    """Yield the command as it was typed, for errors that click raises without their context."""
    from itsm_as_code.cli.main import COMMANDS  # noqa: PLC0415 - main imports this module only where something is wrong

    yield "itsm"
    yield from (word for word in sys.argv[1:2] if word in COMMANDS)
