"""`itsm resolve`: says that it works again, and how it ended."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.resolve import Ending, plan_resolve


@click.command(
    "resolve",
    epilog="""\b
Examples:
  itsm resolve INC-20260310-d3fy --code fixed --notes "New access point, and a cage around it." --as jonas-brandt
  itsm resolve INC-20260310-d3fy --code workaround --notes "Lines 1 and 2 take it over." -m "Works again." --dry-run
""",
)
@click.argument("id_", metavar="ID")
@click.option("--code", default="", help="How it ended: fixed, workaround, known-error, …")
@click.option("--notes", default="", metavar="TEXT", help="What was done, in Markdown.")
@click.option("-m", "--message", default="", metavar="TEXT", help="What people are told.")
@click.option(
    "--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field on the way, as itsm set does."
)
@editing_options
def command(
    *, id_: str, code: str, notes: str, message: str, settings: tuple[str, ...], **chosen: Unpack[Chosen]
) -> int:
    """Resolve an incident or a problem: move it to resolved, with how it ended.

    Services that the incident holds at a level work again from then on.
    """
    desk = begin(chosen)
    record = desk.find(id_, ("incident", "problem"))
    ending = Ending(code, notes, message, settings)
    return carry_out(desk, plan_resolve(desk.snapshot, record, ending, desk.stamp()), chosen)
