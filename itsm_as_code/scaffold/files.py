"""Puts files in their places whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace(file: Path, data: bytes, rights: int | None = None) -> None:
    """Write a file, over what is there; `rights` are its mode, by default those of any new file. Raises OSError."""
    with _staged(file, data, rights) as staged:
        staged.replace(file)


def create(file: Path, data: bytes) -> None:
    """Write a new file; raises FileExistsError where something stands there, and OSError."""
    with _staged(file, data, None) as staged:
        # Unlike a rename, a hard link never replaces what is there.
        file.hardlink_to(staged)


@contextmanager
def _staged(file: Path, data: bytes, rights: int | None) -> Iterator[Path]:
    """Give a temporary file beside `file` that holds the data; afterwards it is gone."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".itsm-", delete=False) as temporary:
        staged = Path(temporary.name)
        try:
            temporary.write(data)
            temporary.close()
            staged.chmod(0o666 & ~_umask() if rights is None else rights)
            yield staged
        finally:
            staged.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
