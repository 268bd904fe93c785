"""What each editor is told: which schema is for which files, in the words of the editor's own settings."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Globs = Mapping[str, str]
"""Schema → the files that it is for, both from the root of the repository of records."""

_EXTENSION = "redhat.vscode-yaml"


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor: files of its own in the repository that are added to, or else a text for people to put somewhere.

    `settings` are file → what it must hold, with the path to the schemas as `paths`; `text` is what to put into the
    file or menu that `place` names.
    """

    title: str
    settings: Callable[[Globs], Mapping[str, Mapping[str, object]]] = field(default=lambda _globs: {})
    schemas: Sequence[str] = ()
    text: Callable[[Globs], str] = field(default=lambda _globs: "")
    place: str = ""


def relative(globs: Globs) -> dict[str, str]:
    """Return the globs by the schema's path as editors want it: relative to the folder that is open."""
    return {f"./{path}": glob for path, glob in globs.items()}


def _json(globs: Globs) -> str:
    return json.dumps({"yaml": {"schemas": relative(globs)}}, indent=2) + "\n"


def _toml(globs: Globs) -> str:
    lines = [f'"{path}" = "{glob}"' for path, glob in relative(globs).items()]
    return "\n".join(["[language-server.yaml-language-server.config.yaml.schemas]", *lines, ""])


def _lua(globs: Globs) -> str:
    lines = [f'    ["{path}"] = "{glob}",' for path, glob in relative(globs).items()]
    opening = [
        'vim.lsp.config("yamlls", {',
        '  root_markers = { "itsm.yaml" },',
        "  settings = { yaml = { schemas = {",
    ]
    return "\n".join([*opening, *lines, "  } } },", "})", 'vim.lsp.enable("yamlls")', ""])


def _vscode(globs: Globs) -> Mapping[str, Mapping[str, object]]:
    return {
        ".vscode/settings.json": {"yaml.schemas": relative(globs)},
        ".vscode/extensions.json": {"recommendations": [_EXTENSION]},
    }


def _zed(globs: Globs) -> Mapping[str, Mapping[str, object]]:
    yaml = {"schemas": relative(globs)}
    return {".zed/settings.json": {"lsp": {"yaml-language-server": {"settings": {"yaml": yaml}}}}}


EDITORS: Mapping[str, Editor] = {
    "vscode": Editor("VS Code", settings=_vscode, schemas=("yaml.schemas",)),
    "zed": Editor("Zed", settings=_zed, schemas=("lsp", "yaml-language-server", "settings", "yaml", "schemas")),
    "helix": Editor("Helix", text=_toml, place=".helix/languages.toml"),
    "neovim": Editor("Neovim", text=_lua, place=".nvim.lua (with `exrc` set) or your init.lua"),
    "other": Editor("other editors", text=_json, place="the settings that your editor hands to yaml-language-server"),
}
"""The editors by the name that the command line has for them; the first is meant where none is named."""
