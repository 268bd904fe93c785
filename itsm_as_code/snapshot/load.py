"""Loads a snapshot from a source; bad user data becomes faults and never stops it."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.marks import Marks
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import RECORDS, path_of
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.reading import config as settings
from itsm_as_code.reading.document import Document, read_document
from itsm_as_code.reading.kinds import load_kinds
from itsm_as_code.reading.synonyms import kind_meant
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.snapshot.graph import build_graph
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.source import Entry, Source

_SUFFIX = ".yaml"
_UNREMARKABLE = frozenset({"README.md", ".gitkeep", ".gitignore", ".gitattributes"})


@dataclass(slots=True)
class _Loading:
    """What has been read so far; times without an offset are likely to be of the time zone."""

    zone: str
    records: dict[str, Record] = field(default_factory=dict)
    shadowed: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)


def load(source: Source, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Snapshot:
    """Return the snapshot of a source; `progress` is told how many records of how many are read.

    Raises ItsmError where `itsm.yaml` or a schema of the repository is wrong: without them nothing can be judged.
    """
    entries = source.entries()
    own = _read_settings(source, entries)
    kinds = load_kinds({path: data for path, data in own.items() if path.startswith("schemas/")})
    config = settings.load_config(own[settings.FILE])
    loading = _Loading(config.time_zone)
    loading.faults.extend(_stray_faults(entries))
    gc.disable()
    try:
        _read_records(source, [entry.path for entry in entries if _is_record(entry)], kinds, loading, progress)
        graph = build_graph(loading.records, kinds, config)
    finally:
        gc.freeze()
        gc.enable()
    return Snapshot(
        name=source.name,
        kinds=kinds,
        config=config,
        records=loading.records,
        shadowed=tuple(loading.shadowed),
        faults=tuple(loading.faults),
        texts=loading.texts,
        graph=graph,
        by_kind=_by_kind(loading.records.values()),
        overrides={
            path.removeprefix("templates/"): data.decode("utf-8", "replace")
            for path, data in own.items()
            if path.startswith("templates/")
        },
    )


def _read_settings(source: Source, entries: Sequence[Entry]) -> dict[str, bytes]:
    """Return what the records are judged by: settings, schemas and templates."""
    others = [entry for entry in entries if entry.path != RECORDS and not entry.path.startswith(f"{RECORDS}/")]
    for entry in others:
        if entry.type == "unreadable":
            raise ItsmError(f"{entry.path}: {entry.why}", "what is in this folder cannot be listed")
        if entry.type != "file":
            raise ItsmError(f"{entry.path} is a {entry.type}; these are not followed", "put the file itself there")
    found = {}
    for path, data in source.read(entry.path for entry in others):
        if isinstance(data, str):
            message = f"{path}: {data}"
            raise ItsmError(message)
        found[path] = data
    if settings.FILE not in found:
        raise ItsmError(f"{source.name} holds no {settings.FILE}", "is this the root of a repository of records?")
    return found


def _is_record(entry: Entry) -> bool:
    return entry.type == "file" and entry.path.startswith(f"{RECORDS}/") and entry.path.endswith(_SUFFIX)


def _read_records(
    source: Source,
    paths: Sequence[str],
    kinds: Mapping[str, Kind],
    loading: _Loading,
    progress: Callable[[int, int], None],
) -> None:
    folders = {kind.folder: kind for kind in kinds.values()}
    validators: dict[str, SchemaValidator] = {}
    for number, (path, data) in enumerate(source.read(paths)):
        progress(number, len(paths))
        document = read_document(path, data) if isinstance(data, bytes) else _unreadable(path, data)
        loading.faults.extend(document.faults)
        if isinstance(data, bytes):
            loading.texts[path] = data
        kind = folders.get(path.split("/")[1])
        if kind is None:
            loading.faults.append(_unknown_folder(path, folders))
            continue
        validator = validators.get(kind.name)
        if validator is None:
            validator = validators[kind.name] = SchemaValidator(kind.schema, zone=loading.zone)
        faults = list(validator.faults(path, document.value)) if document.readable else []
        loading.faults.extend(faults)
        id_ = path.rpartition("/")[2].removesuffix(_SUFFIX)
        record = Record(
            kind, id_, path, document.value, document.marks, document.readable and not faults, document.readable
        )
        other = loading.records.get(record.address)
        if other is not None and path != path_of(kind, id_):
            loading.shadowed.append(record)
            continue
        if other is not None:
            # The one that stands where its id demands is the record, whichever is read first.
            loading.shadowed.append(other)
        loading.records[record.address] = record


def _stray_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield a fault for each thing below `records/` that is no record."""
    for entry in entries:
        name = entry.path.rpartition("/")[2]
        if not (entry.path.startswith(f"{RECORDS}/") or entry.path == RECORDS):
            continue
        if entry.type == "symlink":
            yield Fault.at("symlink", entry.path, "symbolic links are not followed; put the record itself here")
        elif entry.type == "unreadable":
            message = f"the folder cannot be listed: {entry.why}; its records are missing until it can"
            yield Fault.at("unreadable-file", entry.path, message)
        elif entry.type == "submodule":
            yield Fault.at("submodule", entry.path, "a repository inside records/ is not read; move its records here")
        elif name.lower().endswith((_SUFFIX, ".yml")) and not name.endswith(_SUFFIX):
            right = f"{name.rpartition('.')[0]}{_SUFFIX}"
            yield Fault.at(
                "misnamed-file", entry.path, f"this record is not read; records end in .yaml, rename it to {right}"
            )
        elif not name.endswith(_SUFFIX) and name not in _UNREMARKABLE:
            message = "this file is no record and is not read; rename it to end in .yaml, or move it out of records/"
            yield Fault.at("stray-file", entry.path, message)


def _unreadable(path: str, why: str) -> Document:
    fault = Fault.at("unreadable-file", path, f"the file cannot be read: {why}; make it readable, or delete it")
    return Document(path, {}, Marks(), (fault,), readable=False)


def _unknown_folder(path: str, folders: Mapping[str, Kind]) -> Fault:
    folder = path.split("/")[1] if path.count("/") > 1 else ""
    if not folder:
        return Fault.at("id-path-mismatch", path, f"a record stands in its kind's folder: {', '.join(sorted(folders))}")
    meant = kind_meant(folder.removesuffix("s"), [kind.name for kind in folders.values()])
    named = next((name for name, kind in folders.items() if kind.name == meant), "")
    near = f" (did you mean {named}?)" if named else did_you_mean(folder, folders)
    hint = near or f"; folders are {', '.join(sorted(folders))}"
    return Fault.at("id-path-mismatch", path, f"no kind keeps its records in {RECORDS}/{shortened(folder)}/{hint}")


def _by_kind(records: Iterable[Record]) -> dict[str, list[Record]]:
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.valid:
            by_kind[record.kind.name].append(record)
    return {name: sorted(held, key=lambda record: record.id) for name, held in by_kind.items()}
