"""`itsm escalate`: takes a record to the next level."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.escalate import plan_escalate


@click.command(
    "escalate",
    epilog="""\b
Examples:
  itsm escalate INC-20260310-d3fy --to anneke-vos
  itsm escalate INC-20260310-d3fy 3 --to team:infrastructure --as jonas-brandt
""",
)
@click.argument("id_", metavar="ID")
@click.argument("level", default="")
@click.option("--to", "to", required=True, metavar="TEAM|PERSON", help="To whom.")
@editing_options
def command(*, id_: str, level: str, to: str, **chosen: Unpack[Chosen]) -> int:
    """Write down that a record was escalated, to whom, and to which level; by default the next one.

    Who works on it stays as it is; itsm assign hands it over.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    return carry_out(desk, plan_escalate(desk.snapshot, record, level, to, desk.stamp()), chosen)
