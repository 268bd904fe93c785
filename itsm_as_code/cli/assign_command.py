"""`itsm assign`: gives a record to a team or a person."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.assign import plan_assign


@click.command(
    "assign",
    epilog="""\b
Examples:
  itsm assign INC-20260310-d3fy web
  itsm assign INC-20260310-d3fy person:tomasz-zielinski
""",
)
@click.argument("id_", metavar="ID")
@click.argument("who", metavar="TEAM|PERSON")
@editing_options
def command(*, id_: str, who: str, **chosen: Unpack[Chosen]) -> int:
    """Give a record to a team, or to a person of one.

    The kind's word may be left out: web is team:web. A person's team is filled in where it is clear.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    return carry_out(desk, plan_assign(desk.snapshot, record, who, desk.stamp()), chosen)
