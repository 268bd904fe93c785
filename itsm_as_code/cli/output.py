"""Where a report goes: standard output, or a file that is replaced as a whole."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from itsm_as_code.cli import options
from itsm_as_code.errors import ItsmError


@contextmanager
def open_output(file: Path | None) -> Iterator[Callable[[str], None]]:
    """Give what writes the report: to the file, or to standard output for None or ``-``.

    The file's folder is tried first, so that nobody waits for a report that has no place. What is written goes to a
    temporary file beside it, which is renamed at the end: a run that fails leaves the report of before. Something
    else than a file (a terminal, a pipe) is written to as it is.
    """
    if file is None or str(file) == "-":
        yield options.emit
    elif file.is_dir():
        raise ItsmError(f"--output {file} is a folder", f"name a file in it: --output {file / 'report'}")
    elif file.exists() and not file.is_file():
        yield lambda text: _write(file, text, file)
    else:
        # What a link leads to is replaced, and the link stays.
        target = Path(os.path.realpath(file))
        staged = _staged(file, target)
        try:
            yield lambda text: _write(staged, text, file)
            _rename(staged, target, file)
        finally:
            staged.unlink(missing_ok=True)


def _staged(file: Path, target: Path) -> Path:
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".itsm-", delete=False) as temporary:
            staged = Path(temporary.name)
        mask = os.umask(0)
        os.umask(mask)
        staged.chmod(0o666 & ~mask)
    except FileNotFoundError:
        raise ItsmError(f"--output {file}: there is no folder {target.parent}", "make it first") from None
    except OSError as error:
        raise _cannot(file, error) from error
    return staged


def _write(place: Path, text: str, file: Path) -> None:
    try:
        place.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise _cannot(file, error) from error


def _rename(staged: Path, target: Path, file: Path) -> None:
    try:
        staged.replace(target)
    except OSError as error:
        raise _cannot(file, error) from error


def _cannot(file: Path, error: OSError) -> ItsmError:
    return ItsmError(f"--output {file}: {error.strerror or error}")
