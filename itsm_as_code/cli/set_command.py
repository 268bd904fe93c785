"""`itsm set`: sets fields of a record, and leaves all else in its file as it is."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.set_fields import plan_set


@click.command(
    "set",
    epilog="""\b
Examples:
  itsm set INC-20260310-d3fy urgency=high category=network
  itsm set ci:web-02 owner=infrastructure version=        the kind's word may be left out; version is dropped
  itsm set INC-20260310-d3fy services+=web-shop tags+=vip
  itsm set INC-20260304-w4rm "cis[ci:lb-02].role=cause" --dry-run
""",
)
@click.argument("id_", metavar="ID")
@click.argument("settings", metavar="FIELD=VALUE...", nargs=-1, required=True)
@editing_options
def command(*, id_: str, settings: tuple[str, ...], **chosen: Unpack[Chosen]) -> int:
    """Set fields of a record; comments, order and spelling of the rest stay as they are.

    FIELD=VALUE sets, FIELD= drops; FIELD+=VALUE adds to a list, FIELD-=VALUE takes out of it. FIELD may lead inside:
    assignment.team, cis[ci:web-01].role. Values are read by the kind's schema (itsm schema KIND); lists and mappings
    are written as in a record: services="[service:a, service:b]". Times may be said as in --at.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    return carry_out(desk, plan_set(desk.snapshot, record, settings, desk.stamp(signed=False)), chosen)
