"""Puts files in their places whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace(file: Path, data: bytes, rights: int | None = None) -> None:
    """Write a file, over what is there; `rights` are its mode, by default those of any new file. Raises OSError."""
    with staged(file, data, rights) as temporary:
        temporary.replace(file)


def create(file: Path, data: bytes) -> None:
    """Write a new file; raises FileExistsError where something stands there, and OSError."""
    with staged(file, data) as temporary:
        put_new(temporary, file)


def put_new(temporary: Path, file: Path) -> None:
    """Give a staged file its name; raises FileExistsError where something stands there, and OSError."""
    # Unlike a rename, a hard link never replaces what is there.
    file.hardlink_to(temporary)


@contextmanager
def staged(file: Path, data: bytes, rights: int | None = None) -> Iterator[Path]:
    """Give a temporary file beside `file` that holds the data; afterwards it is gone. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".itsm-", delete=False) as temporary:
        path = Path(temporary.name)
        try:
            temporary.write(data)
            temporary.close()
            path.chmod(0o666 & ~_umask() if rights is None else rights)
            yield path
        finally:
            path.unlink(missing_ok=True)


def why(error: OSError) -> str:
    """Return the system's reason for a failure, as the end of a sentence."""
    return (error.strerror or str(error)).lower()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
