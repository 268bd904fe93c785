"""Fixes: plans what repairs those findings that have one right answer, and touches nothing that a person decided."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from itsm_as_code.editing.plan import FileEdit, Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Fault, Finding
from itsm_as_code.model.place import FieldPath, format_path, printable, value_at
from itsm_as_code.model.record import Record
from itsm_as_code.model.words import shortened
from itsm_as_code.rules.engine import lint
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import OverlaySource
from itsm_as_code.sources.source import Source
from itsm_as_code.writing.edits import Put
from itsm_as_code.writing.shape import items, properties, resolved
from itsm_as_code.writing.splice import splice

_BOM = b"\xef\xbb\xbf"
_BYTES = frozenset({"not-utf8", "odd-line-break"})
FIXABLE = _BYTES | {"implicit-type", "schema-type", "alias-link"}
"""The rules of which some findings can be fixed."""


@dataclass(frozen=True, slots=True)
class _Fix:
    """A value that is written otherwise: in which file, at which path, and what that does in words."""

    file: str
    path: FieldPath
    value: str
    said: str


def plan_fixes(snapshot: Snapshot, source: Source, wanted: Callable[[Finding], bool]) -> Plan:
    """Return the plan that repairs what it can of the findings that are wanted.

    A byte order mark goes, a carriage return that ends a line alone becomes a line feed, a value that is text is put
    in quotes, and a link by another name gets the id. Waived findings are left alone, and so are files whose text
    cannot be edited safely, of which `said` tells.
    """
    found = [finding for finding in lint(snapshot) if wanted(finding) and finding.waiver is None]
    texts = {
        file: text
        for file in dict.fromkeys(finding.place.file for finding in found if finding.rule in _BYTES)
        if file in snapshot.texts and (text := _clean(snapshot.texts[file])) != snapshot.texts[file]
    }
    said = [f"{printable(file)}: {_cleaned(snapshot.texts[file])}" for file in texts]
    head = snapshot
    if texts:
        head = load(OverlaySource(source, texts), known=snapshot)
        found = [finding for finding in lint(head) if wanted(finding) and finding.waiver is None]
    for file, fixes in _by_file(_fixes(head, found)).items():
        try:
            texts[file] = splice(head.texts[file], [Put(fix.path, fix.value) for fix in fixes])
        except ItsmError as error:
            said.append(f"{printable(file)}: left as it is: {error.message}")
        else:
            said.extend(f"{printable(file)}: {fix.said}" for fix in fixes)
    edits = [FileEdit(file, snapshot.texts[file], text) for file, text in sorted(texts.items())]
    return Plan(tuple(edits), tuple(said))


def _clean(data: bytes) -> bytes:
    data = data.removeprefix(_BOM)
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if _has_lone_return(data) else data


def _has_lone_return(data: bytes) -> bool:
    return data.count(b"\r") != data.count(b"\r\n")


def _cleaned(data: bytes) -> str:
    done = ["without its byte order mark"] if data.startswith(_BOM) else []
    return " and ".join([*done, *(["line feeds end its lines"] if _has_lone_return(data) else [])])


def _by_file(fixes: Iterator[_Fix]) -> Mapping[str, Sequence[_Fix]]:
    found: dict[str, dict[FieldPath, _Fix]] = defaultdict(dict)
    for fix in fixes:
        found[fix.file].setdefault(fix.path, fix)
    return {file: list(fixes.values()) for file, fixes in found.items()}


def _fixes(snapshot: Snapshot, found: Sequence[Finding]) -> Iterator[_Fix]:
    """Yield what may be written otherwise without anybody being asked."""
    asked = {(finding.record, finding.rule, finding.field) for finding in found if finding.rule in FIXABLE}
    by_file = {record.file: record for record in (*snapshot.shadowed, *snapshot.records.values())}
    for fault in snapshot.faults:
        owner = by_file.get(fault.file)
        address = owner.address if owner is not None else snapshot.entry_files.get(fault.file, "")
        if (address, fault.rule, format_path(fault.path)) in asked:
            yield from _quoted(fault, owner or snapshot.records.get(address))
    yield from _resolved(snapshot, asked)


def _quoted(fault: Fault, record: Record | None) -> Iterator[_Fix]:
    """Yield the fix of a value that must be text and does not look so."""
    if record is None:
        return
    file, path = (fault.file, fault.path) if fault.file != record.file else record.where(fault.path)
    value = value_at(_fields(record, file), path)
    if fault.rule == "schema-type" and not isinstance(value, str) and _wants_text(record, fault.path):
        value = str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else value
    if isinstance(value, str):
        yield _Fix(file, path, value, f'{format_path(path)}: "{shortened(value)}" is in quotes')


def _fields(record: Record, file: str) -> Any:  # noqa: ANN401 - any YAML value
    if file == record.file:
        return record.own_fields
    return next((entry.fields for entry in record.entry_files.values() if entry.file == file), {})


def _wants_text(record: Record, path: FieldPath) -> bool:
    """Return whether a record's schema wants text at a path, and nothing else."""
    schema, root = record.kind.schema, record.kind.schema
    for step in path:
        schema = items(schema, root) if isinstance(step, int) else properties(schema, root).get(step, {})
    return resolved(schema, root).get("type") == "string"


def _resolved(snapshot: Snapshot, asked: AbstractSet[tuple[str, str, str]]) -> Iterator[_Fix]:
    """Yield the fixes of links by another name than the id."""
    for link in snapshot.graph.links:
        if link.alias and link.target and (link.source, "alias-link", format_path(link.path)) in asked:
            file, path = snapshot.records[link.source].where(link.path)
            yield _Fix(file, path, link.target, f"{format_path(path)}: {shortened(link.text)} is {link.target}")
