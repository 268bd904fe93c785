"""Loads a snapshot from a source; bad user data becomes faults and never stops it."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from itsm_as_code.errors import ItsmError
from itsm_as_code.model import baseline
from itsm_as_code.model.config import Config
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import EntryFile, Record
from itsm_as_code.model.reference import RECORDS, owner_of_entry, path_of
from itsm_as_code.reading import config as settings
from itsm_as_code.reading.baseline import read_baseline
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.snapshot.entries import fold
from itsm_as_code.snapshot.graph import build_graph
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.strays import orphan, stray_faults, unknown_folder, unreadable
from itsm_as_code.sources.source import Entry, Source

_SUFFIX = ".yaml"
_READ = frozenset({"file", "conflict"})
"""What is read of the things that may stand at a path."""

Content = bytes | str
"""A file's bytes, or why it cannot be read."""


@dataclass(slots=True)
class _Loading:
    """What has been read so far; times without an offset are likely to be of the time zone.

    `known` is a snapshot that was judged by the same kinds and settings; where bytes are the same, its records are
    taken. `known_records` and `known_faults` are by file, `known_entries` the entry files by record.
    """

    kinds: Mapping[str, Kind]
    config: Config
    known: Snapshot | None
    known_records: Mapping[str, Record] = field(default_factory=dict)
    known_entries: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    known_faults: Mapping[str, Sequence[Fault]] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    shadowed: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    entry_files: dict[str, str] = field(default_factory=dict)


def load(
    source: Source,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    known: Snapshot | None = None,
) -> Snapshot:
    """Return the snapshot of a source; `progress` is told how many records of how many are read.

    `known` is another snapshot of the same repository: records whose bytes are the same are taken from it, which
    costs next to nothing, and the outcome is the same without it. Raises ItsmError where `itsm.yaml` or a schema of
    the repository is wrong: without them nothing can be judged.
    """
    entries = source.entries()
    own = _read_settings(source, entries)
    loading = _begin(own, known)
    loading.faults.extend(stray_faults(entries))
    gc.disable()
    try:
        _read_records(source, [entry.path for entry in entries if _is_record(entry)], loading, progress)
        graph = build_graph(loading.records, loading.kinds, loading.config)
    finally:
        gc.freeze()
        gc.enable()
    return Snapshot(
        name=source.name,
        kinds=loading.kinds,
        config=loading.config,
        records=loading.records,
        shadowed=tuple(loading.shadowed),
        faults=tuple(loading.faults),
        texts=loading.texts,
        graph=graph,
        by_kind=_by_kind(loading.records.values()),
        settings=own,
        entry_files=loading.entry_files,
        baseline=read_baseline(own[baseline.FILE]) if baseline.FILE in own else baseline.NO_BASELINE,
    )


def load_settings(source: Source, entries: Sequence[Entry]) -> tuple[Mapping[str, Kind], Config]:
    """Return the kinds and the settings of a source, and read no record; `entries` are the source's.

    Raises ItsmError as `load` does.
    """
    own = _read_settings(source, [entry for entry in entries if not entry.path.startswith("templates/")])
    return load_kinds(_schemas(own)), settings.load_config(own[settings.FILE])


def _begin(own: Mapping[str, bytes], known: Snapshot | None) -> _Loading:
    """Return a loading with the kinds and settings by which records will be judged."""
    schemas = _schemas(own)
    if known is None or _schemas(known.settings) != schemas or known.settings[settings.FILE] != own[settings.FILE]:
        return _Loading(load_kinds(schemas), settings.load_config(own[settings.FILE]), None)
    faults: dict[str, list[Fault]] = defaultdict(list)
    for fault in known.faults:
        faults[fault.file].append(fault)
    entries: dict[str, set[str]] = defaultdict(set)
    for file, address in known.entry_files.items():
        entries[address].add(file)
    records = {record.file: record for record in (*known.shadowed, *known.records.values())}
    return _Loading(known.kinds, known.config, known, records, entries, faults)


def _schemas(own: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in own.items() if path.startswith("schemas/")}


def _read_settings(source: Source, entries: Sequence[Entry]) -> dict[str, bytes]:
    """Return what the records are judged and shown by: settings, schemas and templates."""
    others = [entry for entry in entries if entry.path != RECORDS and not entry.path.startswith(f"{RECORDS}/")]
    for entry in others:
        if entry.type == "unreadable":
            raise ItsmError(f"{entry.path}: {entry.why}", "what is in this folder cannot be listed")
        if entry.type not in _READ:
            raise ItsmError(f"{entry.path} is a {entry.type}; these are not followed", "put the file itself there")
    found = {}
    for path, data in source.read(entry.path for entry in others):
        if isinstance(data, str):
            message = f"{path}: {data}"
            raise ItsmError(message)
        found[path] = data
    if settings.FILE not in found:
        raise ItsmError(f"{source.name} holds no {settings.FILE}", "commit it, or name the folder of the records")
    return found


def _is_record(entry: Entry) -> bool:
    return entry.type in _READ and entry.path.startswith(f"{RECORDS}/") and entry.path.endswith(_SUFFIX)


def _read_records(
    source: Source, paths: Sequence[str], loading: _Loading, progress: Callable[[int, int], None]
) -> None:
    folders = {kind.folder: kind for kind in loading.kinds.values()}
    waiting: dict[str, dict[str, Content]] = defaultdict(dict)
    for path, data in source.read([path for path in paths if owner_of_entry(path)]):
        waiting[owner_of_entry(path)][path] = data
    own = [path for path in paths if not owner_of_entry(path)]
    for number, (path, data) in enumerate(source.read(own)):
        progress(number, len(own))
        entries = waiting.pop(path, {})
        loading.texts.update((file, text) for file, text in (*entries.items(), (path, data)) if isinstance(text, bytes))
        kind = folders.get(path.split("/")[1])
        if kind is None:
            document = _read(path, data)
            loading.faults.extend((*document.faults, unknown_folder(path, folders)))
            continue
        record = _known_record(loading, path, data, entries) or _read_record(loading, kind, path, data, entries)
        loading.entry_files.update((file, record.address) for file in entries)
        other = loading.records.get(record.address)
        if other is not None and path != path_of(kind, record.id):
            loading.shadowed.append(record)
            continue
        if other is not None:
            # The one that stands where its id demands is the record, whichever is read first.
            loading.shadowed.append(other)
        loading.records[record.address] = record
    for missing, entries in waiting.items():
        loading.faults.extend(orphan(file, missing) for file in entries)
        loading.texts.update((file, text) for file, text in entries.items() if isinstance(text, bytes))


def _read(path: str, data: Content) -> Document:
    return read_document(path, data) if isinstance(data, bytes) else unreadable(path, data)


@lru_cache(maxsize=64)
def _validator(kind: Kind, zone: str) -> SchemaValidator:
    """Return what validates records of a kind; a shipped kind is the same in every load, and compiled once."""
    return SchemaValidator(kind.schema, zone=zone)


def _read_record(loading: _Loading, kind: Kind, path: str, data: Content, entries: Mapping[str, Content]) -> Record:
    """Return the record that a file and its entry files are; what is wrong in them is added to the faults."""
    document = _read(path, data)
    parts = [_read(file, text) for file, text in sorted(entries.items())]
    loading.faults.extend(fault for read in (document, *parts) for fault in read.faults)
    fields, positions = fold(
        document.value, [EntryFile(part.file, part.value, part.marks) for part in parts if part.readable]
    )
    validator = _validator(kind, loading.config.time_zone)
    faults = list(validator.faults(path, fields)) if document.readable else []
    loading.faults.extend(faults)
    readable = document.readable and all(part.readable for part in parts)
    id_ = path.rpartition("/")[2].removesuffix(_SUFFIX)
    return Record(
        kind,
        id_,
        path,
        fields,
        document.marks,
        valid=readable and not faults,
        whole=readable,
        entry_files=positions,
        own=document.value if positions else None,
    )


def _known_record(loading: _Loading, path: str, data: Content, entries: Mapping[str, Content]) -> Record | None:
    """Return the record of these files that is known already, and take over its faults; None where a byte differs."""
    record, known = loading.known_records.get(path), loading.known
    if record is None or known is None:
        return None
    # Two files of one id share an address and so their entries; then both are read again.
    same_files = loading.known_entries.get(record.address, frozenset()) == entries.keys()
    if not same_files or any(known.texts.get(file) != text for file, text in (*entries.items(), (path, data))):
        return None
    for file in (path, *sorted(entries)):
        loading.faults.extend(loading.known_faults.get(file, ()))
    return record


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.valid:
            by_kind[record.kind.name].append(record)
    return {name: sorted(held, key=lambda record: record.id) for name, held in by_kind.items()}
