"""`itsm new`: a new record from a commented starter."""

from typing import Unpack

import click

from itsm_as_code.cli.editing import Chosen, Desk, begin, carry_out, editing_options
from itsm_as_code.cli.lookup import find_kind
from itsm_as_code.editing.actor import named_by, of_email
from itsm_as_code.editing.plan import FileEdit, Plan
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.scaffold.new import Wish, plan_record
from itsm_as_code.sources import git
from itsm_as_code.sources.branches import ids_on_branches


@click.command(
    "new",
    epilog="""\b
Examples:
  itsm new incident --title "Checkout returns 500" --set impact=high --set urgency=high
  itsm new ci --title "Web server 3" --set class=vm --set owner=team:web --id web-03
  itsm new change --title "Patch db-02" --set type=normal --set reason="CVE fix" --set cis=ci:db-02
  itsm new problem --from INC-20260310-d3fy --from INC-20260310-k8nz --as jonas-brandt
  itsm new change --from change-template:deploy-shop-release --as tomasz-zielinski
""",
)
@click.argument("kind")
@click.option("--title", default="", help="Title (of a person or team, the name).")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field; lists take it repeatedly.")
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="ID",
    help="What it follows from: a problem from incidents, a known error from a problem, a change from a problem, "
    "an incident or a change template, a request from a catalogue item. Fields are carried over, and the link is set.",
)
@click.option("--id", "id_", default="", metavar="ID", help="The id, where it shall not be a free one.")
@editing_options
def command(
    *,
    kind: str,
    title: str,
    settings: tuple[str, ...],
    sources: tuple[str, ...],
    id_: str,
    **chosen: Unpack[Chosen],
) -> int:
    """Write a new record from a commented starter and print its path.

    What --title and --set say goes before what is carried over; a change takes from its template what is not said. The
    id is free here and on every local and remote-tracking branch. Nothing is written where something is missing that
    only a person can know, or where the record would not lint.
    """
    desk = begin(chosen)
    found = find_kind(desk.snapshot.kinds, kind)
    wish = Wish(
        title,
        settings,
        _actor(desk) if found.logged else "",
        id_,
        [desk.find(source) for source in sources],
        ids_on_branches(desk.root, f"{RECORDS}/{found.folder}"),
    )
    record = plan_record(desk.snapshot, found.name, wish, desk.at, desk.random)
    if record.namesake:
        click.echo(f"note: {record.namesake} exists; this is {record.address} (--id ID names another)", err=True)
    edit = FileEdit(record.path, None, record.text.encode())
    return carry_out(desk, Plan((edit,), (), f"{record.id}: {record.title}", (record.address,)), chosen)


def _actor(desk: Desk) -> str:
    """Return who makes the record; empty where nobody is named and git's e-mail address is nobody's or of several."""
    if desk.named is not None:
        return named_by(desk.snapshot, desk.named)
    found = of_email(desk.snapshot, git.setting("user.email", desk.root))
    return found[0] if len(found) == 1 else ""
