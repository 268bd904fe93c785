"""`itsm renumber`: gives a record another id, and every link to it the new address."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.renumber import plan_renumber
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.sources.branches import ids_on_branches


@click.command(
    "renumber",
    epilog="""\b
Examples:
  itsm renumber INC-20260310-d3fy              a free id of the same day, where two branches drew one id
  itsm renumber ci:print-01 office-copier       a name that says more; print-01 stays as an alias
""",
)
@click.argument("id_", metavar="ID")
@click.argument("new", metavar="[NEW-ID]", default="")
@editing_options
def command(*, id_: str, new: str, **chosen: Unpack[Chosen]) -> int:
    """Move a record to another id, with its files, and make every link to it follow.

    The new id must be free here and on every local and remote-tracking branch. Texts that name the record are people's
    own words: they are listed, not changed.
    """
    desk = begin(chosen)
    record = desk.find(id_)
    taken = ids_on_branches(desk.root, f"{RECORDS}/{record.kind.folder}")
    return carry_out(desk, plan_renumber(desk.snapshot, record, new, taken, desk.stamp(signed=False)), chosen)
