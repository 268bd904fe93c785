"""`itsm import`: another tool's data as records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.main import EXIT_FINDINGS
from itsm_as_code.interchange.cstate import import_cstate
from itsm_as_code.interchange.result import ImportResult, Remark
from itsm_as_code.interchange.table.import_table import TableResult, import_table
from itsm_as_code.interchange.table.remarks import Group, grouped, remark_fields
from itsm_as_code.interchange.table.shipped import find_map, shipped_maps
from itsm_as_code.model.place import printable
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import counted, table

_WORDS = {
    "skipped": "skipped",
    "kept": "left as it is",
    "guessed": "guessed",
    "folded": "folded",
    "ignored": "not read",
}
"""List of remarks → the word in front of its lines."""
_EACH = 5
"""How many remarks that say the same have a line each; of more there is one line for all."""
_EXAMPLES = 3
_PARTICULARS = re.compile(r"'[^']*'|\[[^\]]*\]")
"""What a page says, which does not make a remark another one."""


@click.group(
    "import",
    epilog="""\b
Examples:
  itsm import cstate ~/status-site --into my-records
  itsm import table incident.csv --map servicenow-incident --into my-records
""",
)
def command() -> None:
    """Turn another tool's data into records."""


@command.command(
    "cstate",
    epilog="""\b
Examples:
  itsm import cstate ~/status-site --into my-records && itsm lint --root my-records
  itsm import cstate ~/status-site --into my-records --format json
""",
)
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="Repository of records.")
@options.format_option("text", "json")
def cstate(site: Path, into: Path, format_: str) -> int:
    """Read a cState status site: incidents, maintenance notices, systems. Exit 1 if a file was skipped.

    Run again, it changes nothing; records that people edited since are left alone and listed.
    """
    result = import_cstate(site, into)
    if format_ == "json":
        options.emit(to_json(asdict(result)))
    else:
        options.emit(_text(result, into))
    return EXIT_FINDINGS if result.skipped else 0


@command.command(
    "table",
    epilog="""\b
Examples:
  itsm import table --list-maps
  itsm import table incident.csv --map servicenow-incident --into my-records
  itsm import table assets.csv --map snipe-it-assets --into my-records --dry-run
  itsm import table tickets=export.json log=history.csv.gz --map my-map.yaml --into my-records
""",
)
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--map", "map_", metavar="MAP", help="The map: a YAML file, or the name of one that ships.")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Repository of records.")
@click.option("--time-zone", "zone", default="", metavar="NAME", help="Time zone of times that say none (IANA name).")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--list-maps", is_flag=True, help="Name the maps that ship.")
@options.format_option("text", "json")
def table_(
    *,
    files: tuple[str, ...],
    map_: str | None,
    into: Path | None,
    zone: str,
    dry_run: bool,
    list_maps: bool,
    format_: str,
) -> int:
    """Read tables (CSV, JSON, JSON lines, YAML; gzip too) by a map. Exit 1 if a row or cell was skipped.

    FILE is a path, or SOURCE=path where its name does not tell which of the map's sources it is. Run again, it
    changes nothing; records that people edited since are left alone and listed.
    """
    if list_maps:
        titles = {name: str(found.value.get("title", "")) for name, found in shipped_maps().items()}
        options.emit(to_json(titles) if format_ == "json" else table(list(titles.items()), ("map", "what for")))
        return 0
    if not files or map_ is None or into is None:
        missing = "FILE" if not files else "--map" if map_ is None else "--into"
        raise click.UsageError(f"{missing} is missing", click.get_current_context())
    with options.Progress("importing") as progress:
        result = import_table(files, find_map(map_), into, zone=zone, dry_run=dry_run, progress=progress)
    options.emit(to_json(_fields(result)) if format_ == "json" else _table_text(result, into, dry_run=dry_run))
    return EXIT_FINDINGS if result.remarks.skipped else 0


def _fields(result: TableResult) -> Mapping[str, Any]:
    remarks = {name: [remark_fields(one) for one in getattr(result.remarks, name)] for name in _WORDS}
    return {
        "records": result.records,
        "entries": result.entries,
        "rows": {name: asdict(rows) for name, rows in result.rows.items()},
        "written": result.written,
        "updated": result.updated,
        "unchanged": result.unchanged,
        **remarks,
    }


def _table_text(result: TableResult, into: Path, *, dry_run: bool) -> str:
    lines = [
        f"{word}: {_group_text(group)}"
        for name, word in _WORDS.items()
        for group in grouped(getattr(result.remarks, name))
    ]
    lines += [
        f"{name}: {counted(rows.read, 'row')}, {rows.used:,} of them in records" for name, rows in result.rows.items()
    ]
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in result.records.items())
    lines.append(f"records: {kinds or 'none'}; {result.entries:,} timeline entries")
    remarks = result.remarks
    counts = [
        f"{counted(len(result.written), 'file')} {'would be ' if dry_run else ''}written",
        f"{len(result.updated):,} updated",
        f"{len(result.unchanged):,} unchanged",
        f"{len(remarks.kept):,} left as they are",
        f"{len(remarks.guessed):,} {'guess' if len(remarks.guessed) == 1 else 'guesses'}",
        f"{len(remarks.skipped):,} skipped",
    ]
    lines.append(", ".join(counts))
    lines += [] if dry_run else [f"Next: itsm lint --root {into}"]
    return "\n".join(printable(line.encode("utf-8", "replace").decode()) for line in lines) + "\n"


def _group_text(group: Group) -> str:
    """Return remarks that say the same as one line: of one row with its number, of many with the first few."""
    said = f"{group.column} {group.reason}".strip()
    if group.count == 1:
        return f"{group.file}: {said}" + (f" ({group.examples[0]})" if group.examples else "")
    more = ", …" if group.count > len(group.examples) else ""
    return f"{group.file}: {said}; {group.count:,} times: {', '.join(group.examples)}{more}"


def _text(result: ImportResult, into: Path) -> str:
    lines = [
        *_remarks("skipped", result.skipped),
        *_remarks("not read", result.ignored),
        *_remarks("kept as edited", result.kept),
        *_remarks("guessed", result.guessed),
    ]
    counts = [
        f"{counted(len(result.imported), 'file')} read",
        f"{counted(len(result.written), 'file')} written",
        f"{len(result.updated):,} updated",
        f"{len(result.unchanged):,} unchanged",
        f"{len(result.kept):,} kept as edited",
        f"{len(result.guessed):,} guesses",
        f"{counted(len(result.skipped), 'file')} skipped",
    ]
    lines += [", ".join(counts), f"Next: itsm lint --root {into}"]
    return "\n".join(lines) + "\n"


def _remarks(word: str, remarks: Sequence[Remark]) -> list[str]:
    """Return a line for each remark; one for all that say the same of many files, with the first few."""
    alike: dict[str, list[Remark]] = {}
    for remark in remarks:
        alike.setdefault(_PARTICULARS.sub(_blanked, remark.reason), []).append(remark)
    lines = []
    for reason, said in alike.items():
        if len(said) <= _EACH:
            lines += [f"{word}: {printable(remark.file)}: {remark.reason}" for remark in said]
        else:
            files = ", ".join(printable(remark.file) for remark in said[:_EXAMPLES])
            lines.append(f"{word}: {reason}; {len(said):,} times: {files}, …")
    return lines


def _blanked(match: re.Match[str]) -> str:
    return f"{match[0][0]}…{match[0][-1]}"
