"""`itsm impact-level`: says how services look to their users from now on."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.impact_level import plan_impact_level


@click.command(
    "impact-level",
    epilog="""\b
Examples:
  itsm impact-level INC-20260310-d3fy depot-picking degraded
  itsm impact-level INC-20260310-d3fy depot-picking cold-chain partial --at 08:55
  itsm impact-level INC-20260310-d3fy down
""",
)
@click.argument("id_", metavar="INC")
@click.argument("services", metavar="[SERVICE]...", nargs=-1)
@click.argument("level")
@editing_options
def command(*, id_: str, services: tuple[str, ...], level: str, **chosen: Unpack[Chosen]) -> int:
    """Write down how services look from now on: major-outage, partial-outage, degraded or none.

    Without a service, all of the incident's are meant. One that the incident does not name yet is added to it.
    """
    desk = begin(chosen)
    record = desk.find(id_, ("incident",))
    return carry_out(desk, plan_impact_level(desk.snapshot, record, services, level, desk.stamp()), chosen)
