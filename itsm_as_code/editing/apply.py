"""Carries a plan out on disk: all of its files or none, and none that changed since it was planned."""

import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.editing.plan import FileEdit
from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files

_AGAIN = "nothing was written; give the command again"


@dataclass(frozen=True, slots=True)
class _Staged:
    """An edit that is ready: the temporary file with what shall stand there (None for a file that goes away).

    `rights` are the mode of the file that is there now, None where none is.
    """

    edit: FileEdit
    temporary: Path | None
    rights: int | None


def apply(root: Path, edits: Sequence[FileEdit]) -> None:
    """Write every file of the edits, below `root`.

    Raises ItsmError, and leaves everything as it was, where a file is no longer what it was planned from, lies behind
    a symbolic link, or cannot be written. What was done before an interruption is put back as well.
    """
    edits = [edit for edit in edits if edit.before != edit.after]
    for edit in edits:
        _refuse_links(root, edit.path)
        _refuse_changed(root, edit)
    current = ""
    try:
        with _gone_on_failure() as made, ExitStack() as stack:
            ready: list[_Staged] = []
            for edit in edits:
                current = edit.path
                ready.append(_stage(stack, root / edit.path, edit, made))
            with _undone_on_failure(root) as begun:
                for staged in ready:
                    current = staged.edit.path
                    _refuse_changed(root, staged.edit)
                    begun.append(staged)
                    _put(root / current, staged)
    except FileExistsError as error:
        raise ItsmError(f"{current} was made meanwhile", _AGAIN) from error
    except OSError as error:
        raise ItsmError(f"{current} cannot be written: {files.why(error)}", "nothing was written") from error
    _drop_empty_folders(root, edits)


def _refuse_links(root: Path, path: str) -> None:
    """Refuse a file that is a symbolic link, or lies behind one: what it leads to is not the repository's."""
    file = root / path
    if file.is_symlink() or file.parent.resolve() != (root.resolve() / path).parent:
        raise ItsmError(f"{path} is a symbolic link, or lies behind one; it is not edited", "edit the file itself")


def _refuse_changed(root: Path, edit: FileEdit) -> None:
    """Refuse where a file is not what the edit was planned from."""
    try:
        found: bytes | None = (root / edit.path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        found = None
    except OSError as error:
        raise ItsmError(f"{edit.path} cannot be read: {files.why(error)}", "nothing was written") from error
    if found == edit.before:
        return
    happened = "was made" if edit.before is None else "is gone" if found is None else "changed"
    raise ItsmError(f"{edit.path} {happened} meanwhile", _AGAIN)


def _stage(stack: ExitStack, file: Path, edit: FileEdit, made: list[Path]) -> _Staged:
    """Write what a file shall hold into a temporary one beside it, in a folder that is made where it is missing."""
    rights = None if edit.before is None else stat.S_IMODE(file.stat().st_mode)
    if edit.after is None:
        return _Staged(edit, None, rights)
    missing = []
    folder = file.parent
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        made.append(each)
    return _Staged(edit, stack.enter_context(files.staged(file, edit.after, rights)), rights)


def _put(file: Path, staged: _Staged) -> None:
    if staged.temporary is None:
        file.unlink()
    elif staged.edit.before is None:
        files.put_new(staged.temporary, file)
    else:
        staged.temporary.replace(file)


@contextmanager
def _undone_on_failure(root: Path) -> Iterator[list[_Staged]]:
    """Give a list for the edits that are begun; where anything fails meanwhile, they are put back, last one first."""
    begun: list[_Staged] = []
    try:
        yield begun
    except BaseException:
        for staged in reversed(begun):
            _put_back(root / staged.edit.path, staged)
        raise


def _put_back(file: Path, staged: _Staged) -> None:
    """Make a file what it was before its edit, unless somebody else has written it since, or it never came to it."""
    edit = staged.edit
    try:
        found = file.read_bytes() if file.exists() else None
        if found != edit.after:
            return
        if edit.before is None:
            file.unlink(missing_ok=True)
        else:
            files.replace(file, edit.before, staged.rights)
    except OSError as error:
        raise ItsmError(
            f"{edit.path} was written and cannot be put back: {files.why(error)}", "see git diff"
        ) from error


@contextmanager
def _gone_on_failure() -> Iterator[list[Path]]:
    """Give a list for the folders that are made; where anything fails meanwhile, they go again."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for folder in reversed(made):
            _drop_if_empty(folder)
        raise


def _drop_empty_folders(root: Path, edits: Sequence[FileEdit]) -> None:
    """Remove the folders out of which the last file went; git does not know them anyway."""
    for edit in edits:
        if edit.after is None:
            _drop_if_empty((root / edit.path).parent)


def _drop_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        # Somebody keeps something in it; then it stays.
        return
