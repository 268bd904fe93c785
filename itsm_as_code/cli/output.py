"""Where a report goes: standard output, or a file that is replaced as a whole."""

import os
from collections.abc import Callable
from pathlib import Path

from itsm_as_code.cli import options
from itsm_as_code.errors import ItsmError
from itsm_as_code.filing import files


def open_output(file: Path | None) -> Callable[[str], None]:
    """Return what writes the report: to the file, or to standard output for None or ``-``.

    Whether there is a place for it is tried now, so that nobody waits for a report that cannot be written. The text
    goes to a temporary file beside it, which is renamed: who reads meanwhile sees the report of before. Something
    else than a file (a terminal, a pipe) is written to as it is. Raises ItsmError, here or when it writes.
    """
    if file is None or str(file) == "-":
        return options.emit
    if file.is_dir():
        raise ItsmError(f"--output {file} is a folder", f"name a file in it: --output {file / 'report'}")
    if file.exists() and not file.is_file():
        return lambda text: _write(file, text)
    # What a link leads to is replaced, and the link stays.
    target = Path(os.path.realpath(file))
    if not target.parent.is_dir():
        raise ItsmError(f"--output {file}: there is no folder {target.parent}", "make it first")
    if not os.access(target.parent, os.W_OK):
        raise ItsmError(f"--output {file}: nothing may be written in {target.parent}")
    return lambda text: _replace(file, target, text)


def _write(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise _cannot(file, error) from error


def _replace(file: Path, target: Path, text: str) -> None:
    try:
        files.replace(target, text.encode("utf-8", "replace"))
    except OSError as error:
        raise _cannot(file, error) from error


def _cannot(file: Path, error: OSError) -> ItsmError:
    return ItsmError(f"--output {file}: {error.strerror or error}")
