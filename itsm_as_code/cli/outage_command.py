"""`itsm outage`: opens an incident for an outage."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, begin, carry_out, editing_options
from itsm_as_code.editing.outage import Outage, plan_outage
from itsm_as_code.sources.branches import ids_on_branches


@click.command(
    "outage",
    epilog="""\b
Examples:
  itsm outage "Ordering fails for everybody" --service web-shop --level major
  itsm outage "Sign-in is slow" -s member-account -l slow -m "We are looking into it." --as tomasz-zielinski
  itsm outage "Depot is offline" -s depot-picking -l down --internal --at "10m ago" --dry-run
""",
)
@click.argument("title")
@click.option("-s", "--service", "services", multiple=True, required=True, help="What is out; may be given repeatedly.")
@click.option("-l", "--level", required=True, help="major-outage, partial-outage, degraded; or major, down, slow, …")
@click.option("-m", "--message", default="", metavar="TEXT", help="What users are told first.")
@click.option("--impact", default="", metavar="LEVEL", help="high, medium, low; by default from level and tier.")
@click.option("--urgency", default="", metavar="LEVEL", help="high, medium, low; by default from level and tier.")
@click.option("--public/--internal", default=None, help="Who sees it; by default public, where a service is.")
@editing_options
def command(
    *,
    title: str,
    services: tuple[str, ...],
    level: str,
    message: str,
    impact: str,
    urgency: str,
    public: bool | None,
    **chosen: Unpack[Chosen],
) -> int:
    """Open an incident for an outage: one command from the alarm to the status page.

    TITLE says what users notice. Services go by their names, levels by any word for them. Impact, urgency and the
    team follow from the services; all may be edited later.
    """
    desk = begin(chosen)
    folder = f"records/{desk.snapshot.kinds['incident'].folder}"
    wish = Outage(title, services, level, message, impact, urgency, public, ids_on_branches(desk.root, folder))
    return carry_out(desk, plan_outage(desk.snapshot, wish, desk.stamp()), chosen)
