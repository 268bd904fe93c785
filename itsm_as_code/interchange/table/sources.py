"""Sources: which file is which table, and its rows with columns by the names that the map uses."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.table.cells import scalar_text
from itsm_as_code.interchange.table.csv_rows import csv_rows
from itsm_as_code.interchange.table.files import Text, read_text
from itsm_as_code.interchange.table.json_rows import find_list, line_items, object_rows, parse_document
from itsm_as_code.interchange.table.plan import Plan, SourcePlan
from itsm_as_code.interchange.table.remarks import Remarks, RowRemark
from itsm_as_code.interchange.table.rows import Row
from itsm_as_code.model.suggest import did_you_mean

_FORMATS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_FORMATS |= {".yaml": "yaml", ".yml": "yaml"}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one source, over all its files; `files` are their names."""

    files: tuple[str, ...]
    rows: Sequence[Row]


def read_tables(plan: Plan, files: Sequence[str], remarks: Remarks) -> Mapping[str, Table]:
    """Return the tables of all sources of the map.

    `files` are paths, or ``SOURCE=path`` where the file's name does not tell. Raises ItsmError where a file is no
    source's, a source has no file, or one cannot be read.
    """
    paths = _assigned(plan, files)
    opened = _Opened(remarks)
    tables: dict[str, Table] = {}
    for name, source in plan.sources.items():
        rows: list[Row] = []
        for path in paths[name]:
            rows += opened.selected(source, path)
        named = _renamed(source, rows, plan.columns[name])
        _tell_columns(plan, source, named, [path.name for path in paths[name]], remarks)
        tables[name] = Table(tuple(path.name for path in paths[name]), named)
    opened.tell_rest()
    return tables


def _assigned(plan: Plan, files: Sequence[str]) -> Mapping[str, Sequence[Path]]:
    paths: dict[str, list[Path]] = {name: [] for name in plan.sources}
    for file in files:
        name, equals, rest = file.partition("=")
        if equals and name in paths:
            paths[name].append(Path(rest))
            continue
        fitting = [source.name for source in plan.sources.values() if _fits(source, Path(file).name)]
        if not fitting and len(paths) == 1:
            fitting = list(paths)
        if not fitting:
            raise ItsmError(
                f"{file}: the map has no source for a file of this name{did_you_mean(name, paths) if equals else ''}",
                f"say which it is: SOURCE={file}; sources are {', '.join(paths)}",
            )
        for source_name in fitting:
            paths[source_name].append(Path(file))
    for name, source in plan.sources.items():
        if not paths[name] and not source.optional:
            wanted = " or ".join(source.files) or "any name"
            raise ItsmError(f"no file is given for the map's source {name}", f"it is a file {wanted}, or {name}=FILE")
    return paths


def _fits(source: SourcePlan, name: str) -> bool:
    return not source.files or any(fnmatchcase(name.lower(), pattern.lower()) for pattern in source.files)


class _Opened:
    """Files that were read, so that several sources may share one."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._texts: dict[tuple[Path, str, str], Text] = {}
        self._documents: dict[tuple[Path, str], Any] = {}
        self._rest: dict[tuple[Path, tuple[str, ...]], dict[int, Row]] = {}
        """File and place of a list → its rows by number that no source has taken so far."""
        self._where: dict[Path, set[str]] = {}

    def selected(self, source: SourcePlan, path: Path) -> list[Row]:
        """Return the rows of a file that are the source's."""
        rows = self.rows(source, path)
        found = [
            row for row in rows if all(scalar_text(row.cell(name)) in texts for name, texts in source.where.items())
        ]
        rest = self._rest.setdefault((path, source.at), {row.number: row for row in rows})
        for row in found:
            rest.pop(row.number, None)
        self._where.setdefault(path, set()).update(source.where)
        return found

    def tell_rest(self) -> None:
        """Say which rows no source has taken, by what they say in the columns by which sources choose."""
        for (path, _), rest in self._rest.items():
            for name in sorted(self._where[path]) if rest else ():
                said = Counter(scalar_text(row.cell(name)) for row in rest.values())
                value = ", ".join(f"{text} ({count})" for text, count in said.most_common())
                self._remarks.ignored.append(
                    RowRemark(path.name, "of rows that no source takes", column=name, value=value)
                )

    def rows(self, source: SourcePlan, path: Path) -> list[Row]:
        """Return a file's rows, as the source says it is to be read."""
        key = (path, source.encoding, source.fallback)
        if key not in self._texts:
            self._texts[key] = read_text(path, source.encoding, source.fallback)
            self._remarks.guessed += [RowRemark(path.name, guess) for guess in self._texts[key].guesses]
        text = self._texts[key]
        if not text.text.strip():
            self._remarks.skipped.append(RowRemark(path.name, "is empty"))
            return []
        format_ = source.format or _FORMATS.get(Path(text.name).suffix.lower(), "")
        if not format_:
            raise ItsmError(f"{path}: its name does not tell what it is", "say it in the map: format: csv")
        if format_ == "csv":
            return csv_rows(path.name, text.text, source.delimiter, self._remarks)
        if (path, format_) not in self._documents:
            lines = format_ == "jsonl"
            self._documents[path, format_] = (
                line_items(path.name, text.text, self._remarks)
                if lines
                else parse_document(path.name, text.text, format_)
            )
        items = find_list(path.name, self._documents[path, format_], source.at)
        return object_rows(path.name, items, source.unwrap, self._remarks)


def _renamed(source: SourcePlan, rows: list[Row], wanted: frozenset[str]) -> list[Row]:
    """Return the rows with columns called as the map calls them: spelling (``Short description``) does not matter."""
    there = _columns(rows)
    by_letters = {_letters(name): name for name in reversed(there)}
    new: dict[str, str] = {}
    for name in sorted(wanted | source.columns.keys()):
        if name in there:
            continue
        others = [other for other in (name, *source.columns.get(name, ())) if _letters(other) in by_letters]
        if others:
            new.setdefault(by_letters[_letters(others[0])], name)
    if not new:
        return rows
    return [
        Row(row.file, row.number, {new.get(name, name): cell for name, cell in row.cells.items()}, row.above)
        for row in rows
    ]


def _tell_columns(plan: Plan, source: SourcePlan, rows: Sequence[Row], files: Sequence[str], remarks: Remarks) -> None:
    """Say once which columns the map does not ask for, and which it asks for in vain."""
    there = _columns(rows)
    if not there:
        return
    file, wanted = ", ".join(files), plan.columns[source.name]
    used = wanted | plan.inner[source.name] | source.where.keys()
    used |= {
        name[: match.start()] for name in used for match in re.finditer(r"\.", name) if "." in name[: match.start()]
    }
    nested = {name.partition(".")[0] for name in used if "." in name} - used
    over = [
        name
        for name in _columns(rows, nested)
        if name not in used and not any(fnmatchcase(name, one) for one in source.ignore)
    ]
    missing = [name for name in sorted(wanted) if name not in there and name.partition(".")[0] not in there]
    if over:
        reason = "has columns that the map does not read"
        remarks.ignored.append(RowRemark(file, reason, column=source.name, value=", ".join(over)))
    if missing:
        reason = "lacks columns that the map reads"
        value = ", ".join(missing) + did_you_mean(missing[0], over)
        remarks.ignored.append(RowRemark(file, reason, column=source.name, value=value))


def _columns(rows: Sequence[Row], nested: Collection[str] = ()) -> list[str]:
    """Return the names of all columns, and of the fields inside those that are `nested` (``fields.role``)."""
    names: dict[str, None] = {}
    for row in rows:
        for name, cell in row.cells.items():
            if name in nested and isinstance(cell, dict):
                names.update(dict.fromkeys(f"{name}.{inner}" for inner in cell))
            else:
                names[name] = None
    return list(names)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
