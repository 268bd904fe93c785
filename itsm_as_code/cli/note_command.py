"""`itsm note`: adds a note to a record's timeline."""

import sys
from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.note import plan_note
from itsm_as_code.errors import ItsmError

_MARK = "# ------ the note ends here ------"
"""What an editor shows below the place for the note."""


@click.command(
    "note",
    epilog="""\b
Examples:
  itsm note INC-20260310-d3fy "Works again since ten." --as jonas-brandt
  itsm note INC-20260310-d3fy --at "20m ago" "Called the vendor." --as jonas-brandt
  itsm note ci:web-02 "Fan is loud; replaced at the next visit." --as leila-haddad
  some-check | itsm note INC-20260310-d3fy - --as watchdog
""",
)
@click.argument("id_", metavar="ID")
@click.argument("words", metavar="[TEXT]", nargs=-1)
@click.option("--public", is_flag=True, help="Show the note of a public record on the public site too.")
@editing_options
def command(*, id_: str, words: tuple[str, ...], public: bool, **chosen: Unpack[Chosen]) -> int:
    """Add a note, in Markdown, to the timeline of a record.

    TEXT may be - for standard input. Without it, an editor opens on a terminal.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    stamp = desk.stamp()
    text = _text(words, f"{record.address}  {record.title}")
    return carry_out(desk, plan_note(desk.snapshot, record, text, stamp, public=public), chosen)


def _text(words: tuple[str, ...], about: str) -> str:
    """Return the text that was typed, comes from standard input, or is written in an editor now."""
    if words == ("-",):
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    if words:
        return " ".join(words)
    if not sys.stdin.isatty():
        raise ItsmError("the text of the note is missing", "write it after the id, or - to read standard input")
    written = click.edit(f"\n\n{_MARK}\n# {about}\n", extension=".md")
    return (written or "").partition(_MARK)[0]
