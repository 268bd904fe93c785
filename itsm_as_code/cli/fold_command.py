"""`itsm fold`: moves the timeline entries that are files of their own into their record."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.fold import plan_fold


@click.command(
    "fold",
    epilog="""\b
Examples:
  itsm note INC-20260310-d3fy "Rolls were in the wrong way round." --as leila-haddad
  itsm fold INC-20260310-d3fy
""",
)
@click.argument("id_", metavar="ID")
@editing_options
def command(*, id_: str, **chosen: Unpack[Chosen]) -> int:
    """Move the timeline entries that are files of their own into the record, once nobody else writes on it.

    They stand in the order in which they were written down. Who reads the records sees no difference.
    """
    desk = begin(chosen)
    return carry_out(desk, plan_fold(desk.snapshot, desk.find(id_)), chosen)
