"""Finds whose history is meant by a name: an address, a bare id, an alias or a file, there or deleted."""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.errors import ItsmError
from itsm_as_code.history.archive import Archive
from itsm_as_code.history.identity import Identity, identity_of
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import is_id, path_of
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened
from itsm_as_code.reading.document import read_document
from itsm_as_code.snapshot.wording import alternatives
from itsm_as_code.sources.history import read_commits
from itsm_as_code.sources.revision import RevisionSource
from itsm_as_code.sources.search import files_with


def find_identity(text: str, archive: Archive, *, on_disk: bool = False) -> Identity:
    """Return the record that a name means at the archive's revision, or meant earlier, or, `on_disk`, will mean.

    No record is read but for an alias. Raises ItsmError where none or more than one is meant.
    """
    if not text.strip():
        raise ItsmError("the id is empty", "name a record, for example ci:web-01")
    named = {who.file: who for who in _candidates(text.strip(), archive.kinds)}
    found = (archive.held(list(named)) if named else ()) or _known(text.strip(), archive)
    found = found or (_earlier(named, archive) if named else ())
    found = found or [who for file, who in named.items() if on_disk and (archive.root / file).is_file()]
    # A file that stands in a wrong place has the same address as the right one.
    addresses = {who.address: who for who in found if who.file == path_of(who.kind, who.id)}
    addresses = {who.address: who for who in found} | addresses
    if len(addresses) == 1:
        return next(iter(addresses.values()))
    if addresses:
        raise ItsmError(f"{text} may be {alternatives(sorted(addresses))}", "name the kind too")
    raise _unknown(text, archive)


def _known(text: str, archive: Archive) -> Sequence[Identity]:
    """Return the records that the revision has by this name in other letters, in another place or as an alias."""
    word, _, name = text.rpartition(":")
    held = [who for who in archive.held() if word.lower() in ("", who.kind.name)]
    return [who for who in held if who.id.lower() == name.lower()] or _bearing(name, held, archive)


def _earlier(named: Mapping[str, Identity], archive: Archive) -> Sequence[Identity]:
    """Return those of these records, by file, that there were once."""
    commits = read_commits(archive.root, archive.revision, list(named))
    files = [change.path for commit in commits for change in commit.changes]
    return [named[file] for file in dict.fromkeys(files)]


def _unknown(text: str, archive: Archive) -> ItsmError:
    word, _, name = text.rpartition(":")
    held = archive.held()
    known = [who for who in held if who.kind.name == word.lower()] or held
    named = {who.id: who.address for who in known}
    near = [named[each] for each in nearest(name, named)]
    message = f"there is no record {shortened(text)}, and never was one that {archive.revision} knows of"
    return ItsmError(message, f"did you mean {alternatives(near)}?" if near else "itsm list KIND lists those there are")


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
    holding = [path for path in files_with(name, archive.root, archive.revision) if path in files]
    source = RevisionSource(archive.root, archive.revision, holding)
    for path, data in source.read([entry.path for entry in source.entries()] if holding else ()):
        aliases = read_document(path, data).value.get("aliases") if isinstance(data, bytes) else None
        if isinstance(aliases, list) and any(str(alias).lower() == name.lower() for alias in aliases):
            found.append(files[path])
    return found
