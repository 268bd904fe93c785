"""`itsm setup`: other programs set up for a repository of records."""

from collections.abc import Sequence
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.scaffold.editor_schemas import FOLDER, EditorSchemas, editor_schemas
from itsm_as_code.scaffold.editors import EDITORS, Editor
from itsm_as_code.scaffold.setup_editor import Outcome, set_up_editor


@click.group(
    "setup",
    epilog="""\b
Examples:
  itsm setup editor
""",
)
def command() -> None:
    """Set up an editor, so that it completes and checks records while they are typed."""


@command.command(
    "editor",
    epilog="""\b
Examples:
  itsm setup editor                    VS Code: writes .itsm/ and adds to .vscode/
  itsm setup editor --editor zed       Zed: writes .itsm/ and adds to .zed/
  itsm setup editor --editor neovim    Neovim: writes .itsm/ and prints what goes into .nvim.lua
  itsm setup editor --print            writes nothing, prints what VS Code's settings would get
""",
)
@click.option(
    "--editor",
    type=click.Choice(list(EDITORS)),
    default=next(iter(EDITORS)),
    show_default=True,
    help="The editor; `other` is any that runs yaml-language-server.",
)
@click.option("--print", "print_", is_flag=True, help="Write nothing; print what the editor's settings would get.")
@options.root_option
def editor(editor: str, root: Path | None, *, print_: bool) -> None:
    """Have an editor complete records, explain fields, and mark mistakes.

    Writes JSON Schemas for the YAML language server to .itsm/, of the repository's own kinds, too, and adds them to
    the editor's settings in the repository; what else stands there stays. Run it again after new records or kinds.
    """
    chosen = EDITORS[editor]
    schemas = editor_schemas(options.open_snapshot(root, None))
    if print_:
        options.emit(_added(chosen, schemas))
        return
    outcomes = set_up_editor(options.find_folder(root), chosen, schemas)
    options.emit("\n".join([*_report(outcomes), *_hints(chosen, schemas)]) + "\n")


def _added(editor: Editor, schemas: EditorSchemas) -> str:
    files = editor.settings(schemas.globs)
    if not files:
        return editor.text(schemas.globs)
    return "\n".join(f"// {path}\n{to_json(wanted)}" for path, wanted in files.items())


def _report(outcomes: Sequence[Outcome]) -> Sequence[str]:
    made = [outcome for outcome in outcomes if outcome.path.startswith(f"{FOLDER}/")]
    news = {
        word: sum(outcome.done == word for outcome in made) for word in ("written", "changed", "deleted", "unchanged")
    }
    told = ", ".join(f"{number} {word}" for word, number in news.items() if number)
    settings = [f"{outcome.path}: {outcome.done}" for outcome in outcomes if outcome not in made]
    return [f"{FOLDER}/: {counted(len(made), 'schema')}, {told}", *settings]


def _hints(editor: Editor, schemas: EditorSchemas) -> Sequence[str]:
    lines = [
        f"{name}: too many records to offer as completions; links to them are checked all the same"
        for name in schemas.crowded
    ]
    if editor.place:
        lines += ["", f"Put this into {editor.place}:", "", editor.text(schemas.globs)]
    folders = sorted({FOLDER, *(path.partition("/")[0] for path in editor.settings(schemas.globs))})
    shared = " and ".join(f"{folder}/" for folder in folders)
    lines += [
        "",
        f"Commit {shared}: all paths are relative, so the whole team has it with the next pull.",
        "Open the folder that holds itsm.yaml. Run this again after new records or kinds: addresses of records are",
        "offered as they were when it ran, and one that is missing is no fault.",
        f"Other editors: itsm setup editor --editor {'|'.join(EDITORS)}",
    ]
    return lines
