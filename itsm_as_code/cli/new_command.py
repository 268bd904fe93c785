"""`itsm new`: a new record from a commented starter."""

from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_kind
from itsm_as_code.editing.actor import named_by, of_email
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Finding
from itsm_as_code.rules.engine import lint
from itsm_as_code.scaffold.new import NewRecord, Wish, plan_record, write_new
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources import git
from itsm_as_code.sources.memory import OverlaySource
from itsm_as_code.sources.source import Source


@click.command(
    "new",
    epilog="""\b
Examples:
  itsm new incident --title "Checkout returns 500" --set impact=high --set urgency=high
  itsm new ci --title "Web server 3" --set class=vm --set owner=team:web --id web-03
  itsm new change --title "Patch db-02" --set type=normal --set reason="CVE fix" --set cis=ci:db-02
  itsm new change --set template=change-template:deploy-shop-release --as tomasz-zielinski
""",
)
@click.argument("kind")
@click.option("--title", default="", help="Title (of a person or team, the name).")
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help="Set a field; lists take it repeatedly.")
@click.option("--as", "actor", metavar="PERSON", help="Who makes the record; by default git's user.email.")
@click.option("--id", "id_", default="", metavar="ID", help="The id, where it shall not be a free one.")
@options.root_option
@options.now_option
def command(
    *, kind: str, title: str, settings: tuple[str, ...], actor: str | None, id_: str, root: Path | None, now: str | None
) -> int:
    """Write a new record from a commented starter and print its path.

    A change takes from its template what is not said. Nothing is written where something is missing that only a person
    can know, or where the record would not lint.
    """
    folder = options.find_folder(root)
    source = options.open_source(root, None)
    snapshot = load(source)
    found = find_kind(snapshot.kinds, kind)
    by = _actor(snapshot, actor, folder) if found.logged else ""
    moment = options.clock_in_zone(now, snapshot.config.time_zone)
    record = plan_record(snapshot, found.name, Wish(title, settings, by, id_), moment, SystemRandom())
    _refuse_errors(_findings(source, record))
    write_new(folder, record)
    if record.namesake:
        click.echo(f"note: {record.namesake} exists; this is {record.address} (--id ID names another)", err=True)
    options.emit(f"{record.path}\n")
    return 0


def _actor(snapshot: Snapshot, named: str | None, folder: Path) -> str:
    """Return who makes the record; empty where nobody is named and git's e-mail address is nobody's or of several."""
    if named is not None:
        return named_by(snapshot, named)
    found = of_email(snapshot, git.setting("user.email", folder))
    return found[0] if len(found) == 1 else ""


def _findings(source: Source, record: NewRecord) -> Sequence[Finding]:
    """Return what lint would say of the record, were it written."""
    findings = lint(load(OverlaySource(source, {record.path: record.text})))
    return [finding for finding in findings if finding.place.file == record.path]


def _refuse_errors(findings: Sequence[Finding]) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        said = "; ".join(
            f"{finding.field}: {finding.message}" if finding.field else finding.message for finding in errors
        )
        message = f"nothing was written: {said}"
        raise ItsmError(message)
    for finding in findings:
        click.echo(f"warning: {finding.message}", err=True)
