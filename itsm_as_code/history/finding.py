"""Finds whose history is meant by a name: an address, a bare id, an alias or a file, there or deleted."""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.errors import ItsmError
from itsm_as_code.history.archive import Archive
from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import is_id, path_of
from itsm_as_code.model.suggest import nearest
from itsm_as_code.reading.document import read_document
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.sources.history import read_commits
from itsm_as_code.sources.search import files_with


def find_identity(text: str, archive: Archive) -> Identity:
    """Return the record that a name means at the archive's revision, or meant earlier.

    No record is read but for an alias. Raises ItsmError where none or more than one is meant.
    """
    if not text.strip():
        raise ItsmError("the id is empty", "name a record, for example ci:web-01")
    held = archive.held
    word, _, name = text.strip().rpartition(":")
    known = [who for who in held if word.lower() in ("", who.kind.name)]
    found = (
        [who for who in held if text in (who.address, who.file)]
        or [who for who in known if who.id.lower() == name.lower()]
        or _earlier(text.strip(), archive)
        or _bearing(name, known, archive)
    )
    # A file that stands in a wrong place has the same address as the right one.
    addresses = {who.address: who for who in found if who.file == path_of(who.kind, who.id)}
    addresses = {who.address: who for who in found} | addresses
    if len(addresses) == 1:
        return next(iter(addresses.values()))
    if addresses:
        raise ItsmError(f"{text} may be {alternatives(sorted(addresses))}", "name the kind too")
    named = {who.id: who.address for who in known or held}
    near = [named[each] for each in nearest(name, named)]
    message = f"there is no record {text}, and never was one that {archive.revision} knows of"
    raise ItsmError(message, f"did you mean {alternatives(near)}?" if near else "itsm list KIND lists those there are")


def _earlier(text: str, archive: Archive) -> Sequence[Identity]:
    """Return the records of this name that there were once."""
    candidates = {who.file: who for who in _candidates(text, archive.kinds)}
    if not candidates:
        return ()
    commits = read_commits(archive.root, archive.revision, list(candidates))
    files = [change.path for commit in commits for change in commit.changes]
    return [candidates[file] for file in dict.fromkeys(files)]


def _candidates(text: str, kinds: Mapping[str, Kind]) -> Iterator[Identity]:
    whole = identity_of(text, kinds)
    if whole is not None:
        yield whole
    word, _, name = text.rpartition(":")
    for kind in kinds.values():
        if word.lower() not in ("", kind.name):
            continue
        prefix, dash, rest = name.partition("-")
        as_written = f"{prefix.upper()}{dash}{rest.lower()}" if kind.prefix else name
        for id_ in dict.fromkeys((as_written, name.lower(), name.upper())):
            if is_id(kind, id_):
                yield Identity(kind, id_, path_of(kind, id_))


def _bearing(name: str, known: Sequence[Identity], archive: Archive) -> Sequence[Identity]:
    """Return the records that have a name among their aliases."""
    files = {who.file: who for who in known}
    found = []
    held = files_with(name, archive.root, archive.revision)
    for path, data in archive.source.read([path for path in held if path in files]):
        aliases = read_document(path, data).value.get("aliases") if isinstance(data, bytes) else None
        if isinstance(aliases, list) and any(str(alias).lower() == name.lower() for alias in aliases):
            found.append(files[path])
    return found
