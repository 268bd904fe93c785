"""`itsm note`: adds a note to a record's timeline."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.cli.text_argument import kept, read_text
from itsm_as_code.editing.note import plan_note


@click.command(
    "note",
    epilog="""\b
Examples:
  itsm note INC-20260310-d3fy "Works again since ten."
  itsm note INC-20260310-d3fy --at "20m ago" "Called the vendor."
  itsm note ci:web-02 "Fan is loud; replaced at the next visit." --as tomasz-zielinski
  echo "Probe 3 answers again." | itsm note INC-20260310-d3fy - --as watchdog
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
    text = read_text(words, "note", f"{record.address}  {record.title}")
    with kept(words, text):
        return carry_out(desk, plan_note(desk.snapshot, record, text, stamp, public=public), chosen)
