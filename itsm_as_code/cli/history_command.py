"""`itsm history`: every change of fields over many records, as table, CSV or JSON."""

from collections.abc import Iterable
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_kind
from itsm_as_code.cli.past import Past, open_past, since_option, until_option
from itsm_as_code.errors import ItsmError
from itsm_as_code.history.facts import row_facts
from itsm_as_code.history.finding import find_identity
from itsm_as_code.history.register import Question, read_register
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.words import with_article
from itsm_as_code.reading.synonyms import field_hint
from itsm_as_code.reporters.history_table import history_csv, history_table
from itsm_as_code.reporters.life_text import PLAIN
from itsm_as_code.reporters.machine import to_json


@click.command(
    "history",
    epilog="""\b
Examples:
  itsm history --kind ci --field owner --since 2026-03-01
  itsm history --kind change --field state --field planned.start --format csv
  itsm history --record db-01 --until 2026-03-10
""",
)
@click.option("--kind", "kind_name", metavar="KIND", help="Only records of this kind.")
@click.option("--record", metavar="ID", help="Only this record; it may be one that was deleted.")
@click.option(
    "--field", "fields", multiple=True, metavar="FIELD", help="Only this field (assignment.team); may be repeated."
)
@since_option
@until_option
@options.all_option
@options.root_option
@click.option("--rev", metavar="REV", help="History up to this git revision; by default up to HEAD.")
@options.format_option("table", "csv", "json")
def command(
    *,
    kind_name: str | None,
    record: str | None,
    fields: tuple[str, ...],
    since: str | None,
    until: str | None,
    everything: bool,
    root: Path | None,
    rev: str | None,
    format_: str,
) -> None:
    """List every change of a field, over many records: who, when, in which commit, from what to what.

    Without --field it lists all fields, and which records came and went. Timeline entries are left to `itsm log`.
    """
    past = open_past(root, rev)
    question = _question(past, kind_name, record, fields, (since, until))
    rows = [row_facts(row) for row in read_register(past.archive, question)]
    if format_ == "json":
        options.emit(to_json(rows))
    elif format_ == "csv":
        options.emit(history_csv(rows))
    else:
        options.emit(history_table(rows, past.zone, options.look(everything=everything) or PLAIN))


def _question(
    past: Past, kind_name: str | None, record: str | None, fields: tuple[str, ...], ends: tuple[str | None, str | None]
) -> Question:
    kind = None if kind_name is None else find_kind(past.archive.kinds, kind_name)
    who = None if record is None else find_identity(record, past.archive)
    if kind is not None and who is not None and who.kind is not kind:
        raise ItsmError(f"{who.address} is {with_article(who.kind.name)}, and not {with_article(kind.name)}")
    asked = kind if who is None else who.kind
    for field in fields:
        _check_field(field, past.archive.kinds.values() if asked is None else [asked])
    since, until = ends
    return Question(kind, who, fields, past.moment(since, "--since"), past.moment(until, "--until"))


def _check_field(field: str, kinds: Iterable[Kind]) -> None:
    """Refuse a field that no record of these kinds can have; what an older schema had is not known."""
    first = field.partition(".")[0]
    known = {name: kind for kind in kinds for name in kind.schema["properties"]}
    if first == "timeline":
        raise ItsmError("--field timeline: entries are told by itsm log", "itsm log ID")
    if first in known or first.startswith("x-"):
        return
    owners = {kind.name for kind in known.values()}
    whose = with_article(next(iter(owners))) if len(owners) == 1 else "a record"
    hint = field_hint(next(iter(owners)), first, list(known)) if len(owners) == 1 else ""
    raise ItsmError(f"{whose} has no field {first}{hint}")
