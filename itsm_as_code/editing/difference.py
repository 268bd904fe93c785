"""The differences that a plan makes, as a unified diff that git and patch can read."""

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from itsm_as_code.editing.plan import FileEdit

_NO_END = "\\ No newline at end of file\n"


def unified(edits: Sequence[FileEdit]) -> str:
    """Return the unified diff of the edits, as `git diff` would show it; bytes that are no UTF-8 are replaced."""
    return "".join(line for edit in edits if edit.before != edit.after for line in _lines(edit))


def _lines(edit: FileEdit) -> Iterator[str]:
    before, after = _split(edit.before), _split(edit.after)
    source = "/dev/null" if edit.before is None else f"a/{edit.path}"
    target = "/dev/null" if edit.after is None else f"b/{edit.path}"
    for line in unified_diff(before, after, source, target):
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}"


def _split(data: bytes | None) -> Sequence[str]:
    """Return the lines with their ends; only a line feed ends one, so that a carriage return stays to be seen."""
    lines = (data or b"").decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
