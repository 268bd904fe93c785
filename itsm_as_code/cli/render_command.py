"""`itsm render`: the static status and CMDB site."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.model.finding import tally
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.terminal import counted
from itsm_as_code.rules.engine import lint
from itsm_as_code.site.write import publish
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience

_NAMED = 5
AUDIENCES: Sequence[Audience] = ("public", "internal", "restricted")


@click.command(
    "render",
    epilog="""\b
Examples:
  itsm render build/site                                  public and internal, as of now
  itsm render build/site --audience public                one of them
  itsm render build/site --rev main --now 2026-03-04T12:00:00Z
""",
)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--audience",
    multiple=True,
    type=click.Choice(AUDIENCES),
    help="Which site to build, repeatable; by default public and internal.",
)
@options.root_option
@travel.when_options
def command(*, out: Path, audience: tuple[str, ...], root: Path | None, when: travel.When) -> int:
    """Build the static site in OUT/public and OUT/internal. Only pages whose bytes changed are written."""
    snapshot, moment = travel.open_at(root, when)
    findings = lint(snapshot)
    audiences = [name for name in AUDIENCES if name in audience] or AUDIENCES[:2]
    built = publish(snapshot, out, audiences, moment, findings, snapshot.overrides)
    lines = [
        f"{site.folder / 'index.html'}: {counted(site.pages, 'page')}, {site.written:,} written, "
        f"{site.unchanged:,} unchanged, {site.deleted:,} deleted"
        for site in built
    ]
    counts = tally(findings)
    if counts.errors or counts.warnings:
        lines.append(f"lint: {counted(counts.errors, 'error')}, {counted(counts.warnings, 'warning')}; see itsm lint")
    options.emit("\n".join(lines) + "\n")
    for warning in _warnings(snapshot):
        click.echo(f"warning: {warning}", err=True)
    return 0


def _warnings(snapshot: Snapshot) -> Iterator[str]:
    """Yield what a green page must not hide: that there is nothing to show, or that something cannot be read."""
    if not snapshot.records:
        yield "there are no records here"
    unread = [printable(record.address) for record in snapshot.records.values() if not record.valid]
    if unread:
        shown = ", ".join(unread[:_NAMED]) + (f" and {len(unread) - _NAMED:,} more" if len(unread) > _NAMED else "")
        yield f"{shown} cannot be read and is not published; itsm lint says why"
