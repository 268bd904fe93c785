"""`itsm communicate`: tells people how it stands."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.cli.text_argument import kept, read_text
from itsm_as_code.editing.communicate import Message, plan_communication


@click.command(
    "communicate",
    epilog="""\b
Examples:
  itsm communicate INC-20260310-d3fy "Line 3 is back on Thursday; please use line 2." --as jonas-brandt
  itsm communicate INC-20260310-d3fy "The cause is known." --status identified --audience management
""",
)
@click.argument("id_", metavar="ID")
@click.argument("words", metavar="[TEXT]", nargs=-1)
@click.option("--status", default="", help="investigating, identified, monitoring or resolved.")
@click.option(
    "--audience", default="", help="public, customers, internal, management or vendor; by default public, or internal."
)
@editing_options
def command(*, id_: str, words: tuple[str, ...], status: str, audience: str, **chosen: Unpack[Chosen]) -> int:
    """Tell people how it stands, in Markdown, and keep what they were told in the timeline.

    On a public record the status page shows it; other audiences are told by you. TEXT may be - for standard input.
    Without it, an editor opens on a terminal.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    stamp = desk.stamp()
    text = read_text(words, "communication", f"{record.address}  {record.title}")
    with kept(words, text):
        return carry_out(
            desk, plan_communication(desk.snapshot, record, Message(text, status, audience), stamp), chosen
        )
