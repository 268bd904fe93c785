"""`itsm show`: one record, with its facts, links both ways and timeline."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_record
from itsm_as_code.model.letters import visible
from itsm_as_code.model.place import printable
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import time_text
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.snapshot.as_of import computed_at, entries_at
from itsm_as_code.snapshot.derive import computed
from itsm_as_code.snapshot.seats import number_in_use
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

_MONEY = {"amount", "currency"}


@click.command(
    "show",
    epilog="""\b
Examples:
  itsm show INC-20260304-w4rm
  itsm show web-01
  itsm show service:web-shop --format json
  itsm show INC-20260304-w4rm --now "2026-03-04 18:30"   what was known then
""",
)
@click.argument("id_", metavar="ID")
@options.root_option
@travel.when_options
@options.format_option("text", "json")
def command(*, id_: str, root: Path | None, when: travel.When, format_: str) -> None:
    """Show one record: facts, links both ways, timeline. ID may be an alias, and needs no kind where it is clear.

    With --now or --at, its state is that of then, and later timeline entries are left out.
    """
    snapshot, moment = travel.open_at(root, when)
    record = find_record(snapshot, id_)
    as_of = moment if when.is_told else None
    options.emit(to_json(whole(record, snapshot, as_of)) if format_ == "json" else _text(record, snapshot, as_of))


def whole(record: Record, snapshot: Snapshot, as_of: datetime | None = None) -> dict[str, Any]:
    """Return a record as machines get it: kind, id, state, the fields as written, and what is derived.

    With `as_of` (aware) the state and the timeline are those of then.
    """
    head: dict[str, Any] = {"kind": record.kind.name, "id": record.id}
    if record.kind.states:
        head["state"] = record.state if as_of is None else state_at(record, as_of)
    facts: dict[str, Any] = (
        head
        | computed(record, snapshot.config)
        | (computed_at(record, as_of) if as_of is not None else {})
        | _seats(record, snapshot)
        | {name: value for name, value in record.fields.items() if name not in ("kind", "id", "state")}
    )
    if as_of is not None and record.timeline:
        facts["timeline"] = _known(record, as_of)
    return facts


def _known(record: Record, as_of: datetime | None) -> Sequence[Mapping[str, Any]]:
    """Return the timeline's entries that were made by then; all of them where no time is given."""
    return record.timeline if as_of is None else [entry for _, _, entry in entries_at(record, as_of)]


def _seats(record: Record, snapshot: Snapshot) -> dict[str, int]:
    is_licence = record.valid and record.kind.name == "licence"
    return {"seats_in_use": number_in_use(snapshot, record)} if is_licence else {}


def _text(record: Record, snapshot: Snapshot, as_of: datetime | None) -> str:
    lines = [visible(f"{record.address}  {record.title}"), printable(record.file)]
    if as_of is not None:
        lines.append(f"as of {time_text(as_of)}")
    lines.append("")
    facts = whole(record, snapshot, as_of)
    for name in ("kind", "id", record.kind.title_field, "timeline", "description"):
        facts.pop(name, None)
    lines += _facts(facts, 0)
    if isinstance(record.fields.get("description"), str):
        lines += ["", *map(visible, record.fields["description"].rstrip().split("\n"))]
    incoming = snapshot.graph.incoming.get(record.address, ())
    if incoming:
        lines += ["", "pointed to by"]
        seen = sorted({(link.reverse, link.source, snapshot.records[link.source].title) for link in incoming})
        lines += [visible(f"  {name}: {source}  {title}") for name, source, title in seen]
    if known := _known(record, as_of):
        lines += ["", "timeline", *(f"  {_entry(entry)}" for entry in known)]
    return "\n".join(lines) + "\n"


def _facts(value: Mapping[str, Any], depth: int) -> list[str]:
    lines = []
    for name, inner in value.items():
        lead = f"{'  ' * depth}{name}:"
        if isinstance(inner, dict) and inner.keys() != _MONEY:
            lines += [lead, *_facts(inner, depth + 1)]
        elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            lines += [lead, *(f"{'  ' * (depth + 1)}- {_plain(item)}" for item in inner)]
        else:
            lines.append(f"{lead} {_plain(inner)}")
    return lines


def _plain(value: Any) -> str:  # noqa: ANN401 - any YAML value
    if isinstance(value, dict) and value.keys() == _MONEY:
        return f"{value['amount']} {value['currency']}"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_bracketed(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else " ".join(visible(str(value)).split())


def _bracketed(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Return a value inside of a mapping on one line, so that what belongs to it is seen."""
    text = _plain(value)
    several = isinstance(value, list) and len(value) > 1
    return f"({text})" if several or (isinstance(value, dict) and value.keys() != _MONEY) else text


def _entry(entry: Mapping[str, Any]) -> str:
    rest = {name: value for name, value in entry.items() if name not in ("at", "by", "type")}
    words = f" {_plain(rest)}" if rest else ""
    return visible(f"{entry.get('at', '?')}  {entry.get('by', '?')}  {entry.get('type', '?')}{words}")
