"""`itsm list`: the records of a kind as table, JSON or CSV."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_kind
from itsm_as_code.cli.show_command import whole
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.letters import visible
from itsm_as_code.model.words import with_article
from itsm_as_code.reading.synonyms import field_hint, value_hint
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import table
from itsm_as_code.snapshot.as_of import existed
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.shape import Schema, allowed_values, items, properties, resolved

Row = Mapping[str, Any]
_COMPUTED = ("kind", "id", "state", "priority", "opened_at", "reported_by", "open_for", "in_window")


@click.command(
    "list",
    epilog="""\b
Examples:
  itsm list incident --where state=in-progress
  itsm list ci --where class=vm --where environment=production
  itsm list change --where assignment.team=team:infrastructure --format csv
  itsm list incident --where priority=1 --format json
  itsm list incident --where state=in-progress --now "2026-03-04 18:00"   what was worked on then
""",
)
@click.argument("kind")
@click.option(
    "--where",
    multiple=True,
    metavar="FIELD=VALUE",
    help="Only records whose field is this value, or a list that holds it.",
)
@options.root_option
@travel.when_options
@options.format_option("table", "json", "csv")
def command(*, kind: str, where: tuple[str, ...], root: Path | None, when: travel.When, format_: str) -> None:
    """List the records of a kind. JSON gives whole records, with kind, id and state.

    With --now or --at, states are those of then, and records that were created later are left out.
    """
    snapshot, moment = travel.open_at(root, when)
    found = find_kind(snapshot.kinds, kind)
    tests = [_test(found, condition) for condition in where]
    rows = _rows(snapshot, found, moment if when.is_told else None)
    rows = [row for row in rows if all(test(row) for test in tests)]
    options.emit(FORMATS[format_](rows, found))


def _rows(snapshot: Snapshot, kind: Kind, as_of: datetime | None) -> list[Row]:
    records = [record for record in snapshot.records.values() if record.kind is kind]
    if as_of is not None:
        records = [record for record in records if existed(record, as_of)]
    return [whole(record, snapshot, as_of) for record in sorted(records, key=lambda record: record.id)]


def _test(kind: Kind, condition: str) -> Callable[[Row], bool]:
    field, equals, wanted = condition.partition("=")
    if not equals or not field:
        message = f"--where {condition} has no {'field' if equals else '='}"
        raise ItsmError(message, "write it as --where field=value")
    known = [*kind.schema["properties"], *_COMPUTED]
    first = field.partition(".")[0]
    if first not in known and not first.startswith("x-"):
        message = f"{with_article(kind.name)} has no field {first}{field_hint(kind.name, first, known)}"
        raise ItsmError(message)
    allowed = _allowed(kind, field)
    if allowed and wanted not in allowed:
        message = f"--where {condition}: not one of {', '.join(allowed)}{value_hint(wanted, allowed)}"
        raise ItsmError(message)
    return lambda row: wanted in _texts(_value(row, field))


def _allowed(kind: Kind, field: str) -> Sequence[str]:
    """Return the values that a field may have; empty where the kind's schema does not list them."""
    if field == "state":
        return tuple(kind.states)
    schema: Schema = kind.schema
    for step in field.split("."):
        schema = _of_items(properties(schema, kind.schema).get(step, {}), kind.schema)
    return allowed_values(schema, kind.schema)


def _of_items(schema: Schema, root: Schema) -> Schema:
    """Return the schema of a list's items, and of anything else its own."""
    found = resolved(schema, root)
    return resolved(items(found, root), root) if "items" in found else found


def _value(row: Any, field: str) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value at a dotted path; in a list, the values of its items."""
    value = row
    for step in field.split("."):
        if isinstance(value, list):
            value = [item.get(step) for item in value if isinstance(item, dict)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - any YAML value
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [] if value is None else [str(value)]


def _cells(rows: Sequence[Row], kind: Kind) -> tuple[list[str], list[list[str]]]:
    columns = ["id", kind.title_field, *kind.columns]
    columns = list(dict.fromkeys(columns))
    return columns, [[" ".join(", ".join(_texts(_value(row, column))).split()) for column in columns] for row in rows]


def _table(rows: Sequence[Row], kind: Kind) -> str:
    columns, cells = _cells(rows, kind)
    if not rows:
        return f"no {kind.plural}\n"
    return table([[visible(cell) for cell in row] for row in cells], [column.upper() for column in columns])


def _csv(rows: Sequence[Row], kind: Kind) -> str:
    columns, cells = _cells(rows, kind)
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(columns)
    # A cell that a spreadsheet would take for a formula is kept text.
    writer.writerows([f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in cells)
    return output.getvalue()


FORMATS: Mapping[str, Callable[[Sequence[Row], Kind], str]] = {
    "table": _table,
    "json": lambda rows, _kind: to_json(list(rows)),
    "csv": _csv,
}
