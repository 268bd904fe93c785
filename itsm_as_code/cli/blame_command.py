"""`itsm blame`: who gave each field of a record its present value."""

from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.past import open_past, rev_option
from itsm_as_code.errors import ItsmError
from itsm_as_code.history.facts import blame_facts
from itsm_as_code.reporters.blame_text import blame_text
from itsm_as_code.reporters.life_text import PLAIN
from itsm_as_code.reporters.machine import to_json


@click.command(
    "blame",
    epilog="""\b
Examples:
  itsm blame db-01
  itsm blame INC-20260304-w4rm --rev HEAD
  itsm blame service:web-shop --format json
""",
)
@click.argument("id_", metavar="ID")
@options.all_option
@options.root_option
@rev_option
@options.format_option("text", "json")
def command(id_: str, *, everything: bool, root: Path | None, rev: str | None, format_: str) -> None:
    """Say of each field of a record who gave it its present value, when, and in which commit.

    Of timeline entries it says who committed them; what is not committed yet is told as such.
    """
    past = open_past(root, rev)
    life = past.life(id_)
    if life.present is None:
        gone = f", and lives on as {life.became.address}" if life.became is not None else ""
        message = f"{life.who.address} is gone{gone}"
        raise ItsmError(message, f"itsm log {life.who.address} tells its life; --rev names a revision that has it")
    facts = blame_facts(life)
    if format_ == "json":
        options.emit(to_json(facts))
    else:
        options.emit(blame_text(facts, past.zone, options.look(everything=everything) or PLAIN))
