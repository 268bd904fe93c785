"""The import of tables: files and a map in, records out, with everything told that could not be said."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.draft import Draft
from itsm_as_code.interchange.placing import place
from itsm_as_code.interchange.table.assemble import Assembler
from itsm_as_code.interchange.table.compile import compile_map, sources_of
from itsm_as_code.interchange.table.identities import Identities
from itsm_as_code.interchange.table.moments import Clock
from itsm_as_code.interchange.table.plan import Plan
from itsm_as_code.interchange.table.remarks import Remarks, RowRemark
from itsm_as_code.interchange.table.sources import Table, read_tables
from itsm_as_code.interchange.table.values import Evaluator
from itsm_as_code.interchange.target import Target
from itsm_as_code.reading.import_map import ImportMap
from itsm_as_code.sources.repository import SETTINGS
from itsm_as_code.writing.block import block_lines

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a source has, and how many of them became a record or an entry of one."""

    read: int
    used: int


@dataclass(slots=True)
class TableResult:
    """The outcome of one import; paths are from the target's root, with ``/``."""

    written: list[str] = field(default_factory=list)
    """Files that are new or whose bytes changed."""
    updated: list[str] = field(default_factory=list)
    """Those of `written` that an earlier import had made."""
    unchanged: list[str] = field(default_factory=list)
    """Files that already held what the import says."""
    records: Mapping[str, int] = field(default_factory=dict)
    """Kind → how many records the tables tell of."""
    rows: Mapping[str, Rows] = field(default_factory=dict)
    """Source → its rows."""
    entries: int = 0
    """Timeline entries of these records."""
    remarks: Remarks = field(default_factory=Remarks)


def import_table(  # noqa: PLR0913 - what a person may say on the command line
    files: Sequence[str],
    map_file: Path,
    into: Path,
    *,
    zone: str = "",
    dry_run: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> TableResult:
    """Turn tables into records of the repository at `into`, which may be empty or not exist yet.

    `files` are paths or ``SOURCE=path``; `zone` is a time zone to take in place of the map's. With `dry_run` nothing
    is written. `progress` is told how many rows, and then files, of how many are done. A second import of the same
    files changes nothing; rows that changed meanwhile change their records, unless people edited those. Raises
    ItsmError where the map is wrong, a file cannot be read, or the repository can be neither read nor written.
    """
    map_ = ImportMap(str(map_file), _bytes(map_file))
    try:
        target = Target(into, dry_run=dry_run)
        return _run(files, compile_map(map_, target.kinds, zone), target, progress)
    except OSError as error:
        raise ItsmError(f"{error.filename or into} cannot be written: {error.strerror}") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ItsmError(f"{file} cannot be read: {error.strerror}") from error


def _run(files: Sequence[str], plan: Plan, target: Target, progress: Progress) -> TableResult:
    result = TableResult()
    tables = read_tables(plan, files, result.remarks)
    known = {
        (record.system, record.kind): target.known(record.system, record.kind)
        for record in plan.records
        if record.external
    }
    identities = Identities(target.kinds, known)
    evaluator = Evaluator(plan, result.remarks, tables, identities, Clock(plan.zone, plan.times))
    assembler = Assembler(plan, target.kinds, identities, evaluator, progress)
    drafts = assembler.drafts()
    result.entries = assembler.entries
    result.records = dict(sorted(Counter(draft.kind for draft in drafts).items()))
    result.rows = _count(plan, tables, assembler.used, result.remarks)
    _settle(target, plan, result)
    for number, draft in enumerate(drafts, start=1):
        _put(target, draft, result)
        progress(number, len(drafts))
    # A cell that several fields are made of is told once.
    result.remarks.guessed = list(dict.fromkeys(result.remarks.guessed))
    for paths in (result.written, result.updated, result.unchanged):
        paths.sort()
    return result


def _settle(target: Target, plan: Plan, result: TableResult) -> None:
    """Write `itsm.yaml` where there is none."""
    if target.holds(SETTINGS):
        result.unchanged.append(SETTINGS)
        return
    target.write(SETTINGS, "\n".join(block_lines({"format": 1, "time_zone": plan.zone.key})) + "\n")
    result.written.append(SETTINGS)


def _put(target: Target, draft: Draft, result: TableResult) -> None:
    path, outcome = place(target, draft)
    if outcome == "unchanged":
        result.unchanged.append(path)
    elif outcome in ("edited", "foreign"):
        why = "was edited since its import" if outcome == "edited" else "was not made by an import"
        result.remarks.kept.append(RowRemark(path, why, value=draft.origin))
    else:
        result.written.append(path)
        result.updated += [path] if outcome == "updated" else []


def _count(plan: Plan, tables: Mapping[str, Table], used: set[int], remarks: Remarks) -> Mapping[str, Rows]:
    """Return the rows of each source, and tell of those that became nothing and of which nobody spoke yet."""
    counts: dict[str, Rows] = {}
    told = {(remark.file, remark.row) for remark in (*remarks.skipped, *remarks.folded)}
    for name in sources_of(plan):
        rows = tables[name].rows
        unused = [row for row in rows if id(row) not in used]
        counts[name] = Rows(len(rows), len(rows) - len(unused))
        remarks.ignored += [
            RowRemark(row.file, "makes no record by the map", row.number)
            for row in unused
            if (row.file, row.number) not in told
        ]
        if not rows:
            remarks.skipped.append(RowRemark(", ".join(tables[name].files) or name, f"has no rows of {name}"))
    return counts
