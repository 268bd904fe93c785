"""`itsm transition`: moves a record to another state of its lifecycle."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.transition import Move, plan_transition, refuse_impossible, tells


@click.command(
    "transition",
    epilog="""\b
Examples:
  itsm transition INC-20260310-k8nz in-progress --set assignment.team=infrastructure
  itsm transition CHG-20260310-m2ck canceled --reason "Not needed any more." --as jonas-brandt
  itsm transition ci:web-02 maintenance --dry-run
""",
)
@click.argument("id_", metavar="ID")
@click.argument("state")
@click.option("--reason", default="", metavar="TEXT", help="Why; it stands in the timeline.")
@click.option(
    "--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field on the way, as itsm set does."
)
@editing_options
def command(*, id_: str, state: str, reason: str, settings: tuple[str, ...], **chosen: Unpack[Chosen]) -> int:
    """Move a record to another state, and write it into its timeline.

    Which states come next is the lifecycle's to say (itsm schema KIND). Nothing is written where a field is missing
    that the new state needs.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    refuse_impossible(record, state)
    move = Move(state, reason.strip(), settings)
    return carry_out(desk, plan_transition(desk.snapshot, record, move, desk.stamp(signed=tells(record, move))), chosen)
