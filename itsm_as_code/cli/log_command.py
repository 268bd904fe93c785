"""`itsm log`: the life of one record, commit by commit."""

from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.past import open_past, rev_option, since_option, until_option
from itsm_as_code.history.facts import life_facts
from itsm_as_code.reporters.life_text import PLAIN, life_text
from itsm_as_code.reporters.machine import to_json


@click.command(
    "log",
    epilog="""\b
Examples:
  itsm log INC-20260304-w4rm
  itsm log db-01 --since 2026-03-01
  itsm log service:web-shop --rev HEAD --format json
""",
)
@click.argument("id_", metavar="ID")
@since_option
@until_option
@options.all_option
@options.root_option
@rev_option
@options.format_option("text", "json")
def command(
    id_: str,
    *,
    since: str | None,
    until: str | None,
    everything: bool,
    root: Path | None,
    rev: str | None,
    format_: str,
) -> None:
    """Tell the life of one record: who did what to it in which commit, from the beginning.

    ID may be of a record that was deleted. Times are those of the commits.
    """
    past = open_past(root, rev)
    facts = life_facts(past.life(id_), past.moment(since, "--since"), past.moment(until, "--until"))
    if format_ == "json":
        options.emit(to_json(facts))
    else:
        options.emit(life_text(facts, past.zone, options.look(everything=everything) or PLAIN))
