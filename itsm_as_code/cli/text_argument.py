"""Texts of some length on the command line: typed, from standard input, or written in an editor."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from itsm_as_code.errors import ItsmError


def read_text(words: tuple[str, ...], what: str, about: str) -> str:
    """Return the text that was typed; for `-` what standard input says, and for nothing what an editor is given now.

    `what` is the sort of text (``note``), `about` the line that tells in the editor what it is about. Raises ItsmError
    where there is no terminal to write on.
    """
    if words == ("-",):
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if words:
        return " ".join(words)
    if not sys.stdin.isatty():
        raise ItsmError(f"the text of the {what} is missing", "write it after the id, or - to read standard input")
    mark = f"# ------ the {what} ends here ------"
    written = click.edit(f"\n\n{mark}\n# {about}\n", extension=".md")
    return (written or "").partition(mark)[0]


@contextmanager
def kept(words: tuple[str, ...], text: str) -> Iterator[None]:
    """Show a text that was written in an editor where what is done with it is refused: it stands nowhere else."""
    try:
        yield
    except ItsmError:
        if not words and text.strip():
            click.echo(text, err=True)
        raise
