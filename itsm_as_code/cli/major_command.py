"""`itsm major`: declares a major incident, tells how it stands, and closes it."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.cli.text_argument import kept, read_text
from itsm_as_code.editing.communicate import Message
from itsm_as_code.editing.major import Review, Roles, plan_close, plan_declare, plan_update


@click.group(
    "major",
    epilog="""\b
Examples:
  itsm major declare INC-20260310-d3fy --manager anneke-vos --update-every 30m
""",
)
def command() -> None:
    """Work on a major incident: one that is led by one person, and of which people hear again and again."""


@command.command(
    "declare",
    epilog="""\b
Examples:
  itsm major declare INC-20260310-d3fy
  itsm major declare INC-20260310-d3fy --manager anneke-vos --comms-lead sofie-lund --update-every 30m
""",
)
@click.argument("id_", metavar="INC")
@click.option("--manager", default="", metavar="PERSON", help="Who leads; by default whoever declares it.")
@click.option("--comms-lead", default="", metavar="PERSON", help="Who tells people how it stands.")
@click.option("--update-every", default="", metavar="LENGTH", help="How often people hear of it: 30m, 1h.")
@editing_options
def declare(*, id_: str, manager: str, comms_lead: str, update_every: str, **chosen: Unpack[Chosen]) -> int:
    """Declare a major incident; given again, change who does what in it."""
    desk = begin(chosen)
    record = desk.find(id_, ("incident",))
    return carry_out(
        desk, plan_declare(desk.snapshot, record, Roles(manager, comms_lead, update_every), desk.stamp()), chosen
    )


@command.command(
    "update",
    epilog="""\b
Examples:
  itsm major declare INC-20260310-d3fy && itsm major update INC-20260310-d3fy "Still no network at line 3."
""",
)
@click.argument("id_", metavar="INC")
@click.argument("words", metavar="[TEXT]", nargs=-1)
@click.option("--status", default="", help="investigating, identified, monitoring or resolved.")
@click.option("--audience", default="", help="public, customers, internal, management or vendor.")
@editing_options
def update(*, id_: str, words: tuple[str, ...], status: str, audience: str, **chosen: Unpack[Chosen]) -> int:
    """Tell people how a major incident stands, as itsm communicate does, and say when they hear again.

    TEXT may be - for standard input. Without it, an editor opens on a terminal.
    """
    desk = begin(chosen)
    record = desk.find(id_, ("incident",))
    stamp = desk.stamp()
    text = read_text(words, "update", f"{record.address}  {record.title}")
    with kept(words, text):
        return carry_out(desk, plan_update(desk.snapshot, record, Message(text, status, audience), stamp), chosen)


@command.command(
    "close",
    epilog="""\b
Examples:
  itsm major close INC-20260304-w4rm
""",
)
@click.argument("id_", metavar="INC")
@click.option("--review", default="", metavar="TEXT", help="What happened and what was learned, in Markdown.")
@click.option("--factor", "factors", multiple=True, metavar="TEXT", help="What contributed to it; one at a time.")
@editing_options
def close(*, id_: str, review: str, factors: tuple[str, ...], **chosen: Unpack[Chosen]) -> int:
    """Close a major incident that is resolved, with the review that it needs.

    The review is held at the time of --at; its actions are added by itsm set.
    """
    desk = begin(chosen)
    record = desk.find(id_, ("incident",))
    return carry_out(desk, plan_close(desk.snapshot, record, Review(review, factors), desk.stamp()), chosen)
