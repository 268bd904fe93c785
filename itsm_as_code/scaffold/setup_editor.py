"""Sets up an editor for a repository of records: schemas, and what the editor is told of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files
from itsm_as_code.reading.jsonc import NotJsonError, parse_jsonc
from itsm_as_code.reading.kinds import SUFFIX
from itsm_as_code.scaffold.editor_schemas import COMMENT, FOLDER, EditorSchemas
from itsm_as_code.scaffold.editors import Editor
from itsm_as_code.writing.jsonc import merge_jsonc

_BY_HAND = "or add by hand what --print shows; nothing was written"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file and what was done with it."""

    path: str
    done: Literal["written", "changed", "unchanged", "deleted"]


def set_up_editor(root: Path, editor: Editor, schemas: EditorSchemas) -> Sequence[Outcome]:
    """Write the schemas and add to the editor's settings; return what was done, by path.

    Whatever else stands in the settings stays, byte for byte. Raises ItsmError, before anything is written, where
    settings cannot be added to, and where nothing can be written.
    """
    texts = dict(schemas.files)
    for path, wanted in editor.settings(schemas.globs).items():
        texts[path] = _settings(root, path, wanted, editor.schemas)
    for path in texts:
        _check(root, path)
    stale = _stale(root, texts)
    try:
        done = [Outcome(path, _put(root / path, text)) for path, text in sorted(texts.items())]
        for path in stale:
            (root / path).unlink()
    except OSError as error:
        raise ItsmError(f"{error.filename or root} cannot be written: {files.why(error)}") from error
    return [*done, *(Outcome(path, "deleted") for path in stale)]


def _check(root: Path, path: str) -> None:
    """Refuse to write through a symbolic link, or over what somebody has locked."""
    file = root / path
    linked = next((place for place in (file, *file.parents) if place != root and place.is_symlink()), None)
    if linked is not None and linked.is_relative_to(root):
        raise ItsmError(f"{linked.relative_to(root)} is a symbolic link, which is left alone", _BY_HAND)
    above = [place for place in file.parents if place != root and place.is_relative_to(root)]
    blocked = next((place for place in above if place.exists() and not place.is_dir()), None)
    if blocked is not None:
        raise ItsmError(f"{blocked.relative_to(root)} is no folder", _BY_HAND)
    if file.exists() and not file.is_file():
        raise ItsmError(f"{path} is no file", _BY_HAND)
    if file.exists() and not os.access(file, os.W_OK):
        raise ItsmError(f"{path} is read-only", f"make it writable, {_BY_HAND}")


def _settings(root: Path, path: str, wanted: Mapping[str, object], keys: Sequence[str]) -> str:
    """Return the text of an editor's settings with what is wanted added, and without schemas of ours that are gone."""
    _check(root, path)
    try:
        text = (root / path).read_bytes().decode() if (root / path).exists() else ""
        return merge_jsonc(text, _without_stale(text, wanted, keys))
    except UnicodeDecodeError as error:
        raise ItsmError(f"{path} is not UTF-8 at byte {error.start}", f"save it as UTF-8, {_BY_HAND}") from error
    except OSError as error:
        raise ItsmError(f"{path} cannot be read: {files.why(error)}", _BY_HAND) from error
    except NotJsonError as error:
        raise ItsmError(f"{path} cannot be added to: {error}", f"mend it, {_BY_HAND}") from error


def _without_stale(text: str, wanted: Mapping[str, object], keys: Sequence[str]) -> Mapping[str, object]:
    """Return what is wanted, with None for each schema of ours that the settings have and that is made no more."""
    node = parse_jsonc(text)
    there: Any = node.value if node is not None else {}
    for key in keys:
        there = there.get(key) if isinstance(there, dict) else None
    return _with_none(wanted, keys, there) if isinstance(there, dict) else wanted


def _with_none(wanted: Mapping[str, Any], keys: Sequence[str], there: Mapping[str, object]) -> Mapping[str, object]:
    if keys and keys[0] in wanted:
        return {**wanted, keys[0]: _with_none(wanted[keys[0]], keys[1:], there)}
    ours = [name for name in there if name.removeprefix("./").startswith(f"{FOLDER}/") and name not in wanted]
    return {**wanted, **dict.fromkeys(ours)} if not keys else wanted


def _stale(root: Path, texts: Mapping[str, str]) -> Sequence[str]:
    """Return the schemas made earlier for kinds that are there no more."""
    folder = root / FOLDER / "schemas"
    if folder.is_symlink() or not folder.is_dir():
        return ()
    files = [file for file in sorted(folder.glob(f"*{SUFFIX}")) if file.is_file() and not file.is_symlink()]
    gone = {f"{FOLDER}/schemas/{file.name}": file for file in files}
    return [path for path, file in gone.items() if path not in texts and COMMENT.encode() in file.read_bytes()]


def _put(file: Path, text: str) -> Literal["written", "changed", "unchanged"]:
    """Write a file whole or not at all, and only where it differs; its rights stay."""
    data = text.encode()
    there = file.read_bytes() if file.exists() else None
    if there == data:
        return "unchanged"
    file.parent.mkdir(parents=True, exist_ok=True)
    files.replace(file, data, None if there is None else file.stat().st_mode & 0o777)
    return "written" if there is None else "changed"
