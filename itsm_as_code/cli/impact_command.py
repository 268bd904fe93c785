"""`itsm impact`: what fails if a service or CI fails, or what it depends on."""

from pathlib import Path

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_part
from itsm_as_code.reporters.impact_drawing import dot, mermaid
from itsm_as_code.reporters.impact_facts import down_facts, up_facts
from itsm_as_code.reporters.impact_text import PLAIN, down_text, up_text
from itsm_as_code.reporters.machine import to_json


@click.command(
    "impact",
    epilog="""\b
Examples:
  itsm impact ci:db-01                   what fails if db-01 fails, why, and whom to call
  itsm impact service:web-shop --up      what could take the shop down
  itsm impact db-01 --depth 1            only what depends on it directly
  itsm impact db-01 --format mermaid     a drawing for a ticket or a wiki
""",
)
@click.argument("id_", metavar="ID")
@click.option("--down/--up", "down", default=True, help="What fails with it (the default), or what it depends on.")
@click.option("--depth", type=click.IntRange(min=1), metavar="N", help="Only what is at most so many steps away.")
@options.all_option
@options.root_option
@travel.when_options
@options.format_option("text", "json", "mermaid", "dot")
def command(
    *, id_: str, down: bool, depth: int | None, everything: bool, root: Path | None, when: travel.When, format_: str
) -> None:
    """Say what fails if a service or configuration item fails, or (--up) what it depends on."""
    snapshot, _ = travel.open_at(root, when)
    record = find_part(snapshot, id_)
    facts = (down_facts if down else up_facts)(snapshot, record, depth)
    if format_ == "text":
        options.emit((down_text if down else up_text)(facts, options.look(everything=everything) or PLAIN))
    elif format_ == "json":
        options.emit(to_json(facts))
    else:
        options.emit((mermaid if format_ == "mermaid" else dot)(snapshot, facts))
