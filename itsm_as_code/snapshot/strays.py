"""What stands below `records/` and is no record, and records that no kind keeps: each a fault in words."""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.marks import Marks
from itsm_as_code.model.reference import RECORDS
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.document import Document
from itsm_as_code.reading.synonyms import kind_meant
from itsm_as_code.sources.source import Entry

_SUFFIX = ".yaml"
_UNREMARKABLE = frozenset({"README.md", ".gitkeep", ".gitignore", ".gitattributes"})


def stray_faults(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield a fault for each thing below `records/` that is no record, and for each file in conflict."""
    for entry in entries:
        name = entry.path.rpartition("/")[2]
        if entry.type == "conflict":
            yield Fault.at("merge-conflict", entry.path, entry.why)
            continue
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


def unreadable(path: str, why: str) -> Document:
    """Return what a file says that cannot be read: nothing."""
    fault = Fault.at("unreadable-file", path, f"the file cannot be read: {why}; make it readable, or delete it")
    return Document(path, {}, Marks(), (fault,), readable=False)


def orphan(file: str, missing: str) -> Fault:
    """Return the fault of an entry file whose record is `missing`."""
    message = f"there is no record {missing} to which this entry belongs; write the record, or delete the entry"
    return Fault.at("orphan-entry", file, message)


def unknown_folder(path: str, folders: Mapping[str, Kind]) -> Fault:
    """Return the fault of a record that stands in no kind's folder; `folders` are those that there are."""
    folder = path.split("/")[1] if path.count("/") > 1 else ""
    if not folder:
        return Fault.at("id-path-mismatch", path, f"a record stands in its kind's folder: {', '.join(sorted(folders))}")
    meant = kind_meant(folder.removesuffix("s"), [kind.name for kind in folders.values()])
    named = next((name for name, kind in folders.items() if kind.name == meant), "")
    near = f" (did you mean {named}?)" if named else did_you_mean(folder, folders)
    hint = near or f"; folders are {', '.join(sorted(folders))}"
    return Fault.at("id-path-mismatch", path, f"no kind keeps its records in {RECORDS}/{shortened(folder)}/{hint}")
