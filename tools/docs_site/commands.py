"""The help of every command as a page: usage, what it does, options, examples."""

import inspect
import re
from collections.abc import Iterator, Mapping

import click

from itsm_as_code.cli.main import cli

FOLDER = "docs/commands"


def commands() -> Iterator[click.Context]:
    """Yield a context for each command, groups before what is in them."""
    yield from _below(click.Context(cli, info_name="itsm", terminal_width=100, **cli.context_settings))


def _below(context: click.Context) -> Iterator[click.Context]:
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None  # noqa: S101 - the group has just named it
            yield from _below(click.Context(found, info_name=name, parent=context))


def examples(command: click.Command) -> Iterator[tuple[str, str]]:
    """Yield the examples of a command's help: what is typed, and what is said about it."""
    for line in inspect.cleandoc(command.epilog or "").splitlines():
        if line.strip().startswith("itsm "):
            typed, _, about = re.sub(r"\s{2,}", "\n", line.strip()).partition("\n")
            yield typed, about


def command_pages() -> Mapping[str, str]:
    """Return path → Markdown of the page of each command; the paths are beside `docs/commands.md`."""
    return {f"{FOLDER}/{_file(context)}.md": _page(context) for context in commands()}


def _file(context: click.Context) -> str:
    return context.command_path.replace(" ", "-").removeprefix("itsm-")


def _page(context: click.Context) -> str:
    command = context.command
    usage = command.get_usage(context).removeprefix("Usage: ")
    told = inspect.cleandoc(command.help or "").replace("\b\n", "")
    parts = [f"# {context.command_path}", told, f"```text\n{usage}\n```"]
    if isinstance(command, click.Group):
        names = command.list_commands(context)
        path = "" if context.parent is None else f"{_file(context)}-"
        lines = [f"| [`{name}`]({path}{name}.md) | {_short(command, context, name)} |" for name in names]
        parts += ["## Commands", "\n".join(["| command | what it does |", "|---|---|", *lines])]
    options = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option)]
    records = [record for option in options if (record := option.get_help_record(context))]
    rows = [f"| `{_cell(names)}` | {_cell(words)} |" for names, words in records]
    parts += ["## Options", "\n".join(["| option | what it does |", "|---|---|", *rows])]
    shown = list(examples(command))
    if shown:
        width = max((len(typed) for typed, about in shown if about), default=0)
        lines = [f"$ {typed:{width}}   # {about}" if about else f"$ {typed}" for typed, about in shown]
        parts += ["## Examples", "```console\n" + "\n".join(lines) + "\n```"]
    parts.append("All commands, their formats and exit codes: [commands](../commands.md).")
    return "\n\n".join(parts) + "\n"


def _short(group: click.Group, context: click.Context, name: str) -> str:
    found = group.get_command(context, name)
    return found.get_short_help_str(limit=100) if found else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
