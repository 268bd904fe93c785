"""New files: written whole or not at all, and never over one that is there."""

import os
import tempfile
from pathlib import Path


def create(file: Path, text: str) -> None:
    """Write a new file whole or not at all; raises FileExistsError where something stands there."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".itsm-", delete=False) as temporary:
        temporary.write(text.encode())
    staged = Path(temporary.name)
    try:
        mask = os.umask(0)
        os.umask(mask)
        staged.chmod(0o666 & ~mask)
        # Unlike a rename, a hard link never replaces what is there.
        file.hardlink_to(staged)
    finally:
        staged.unlink()
