"""Finds the record or kind that a person named on the command line."""

from collections.abc import Mapping

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import with_article
from itsm_as_code.reading.synonyms import kind_meant
from itsm_as_code.snapshot.network import KINDS
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

_SHOWN = 3


def find_record(snapshot: Snapshot, text: str, prefer: tuple[str, ...] = ()) -> Record:
    """Return the record of this address, bare id, alias or file; raise ItsmError with the nearest ones.

    Where records of several kinds bear the name, one of the preferred kinds is meant.
    """
    if text in snapshot.records:
        return snapshot.records[text]
    if not text.strip():
        message = "the id is empty"
        raise ItsmError(message, "name a record, for example ci:web-01")
    kind, _, rest = text.rpartition(":")
    kind, name = kind.lower(), rest.lower()
    found = {
        record.address: record
        for record in snapshot.records.values()
        if record.file == text or (kind in ("", record.kind.name) and _bears(record, name))
    }
    if len(found) > 1:
        preferred = {address: record for address, record in found.items() if record.kind.name in prefer}
        found = preferred or found
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        message = f"{text} may be {alternatives(sorted(found))}"
        raise ItsmError(message, "name the kind too")
    near = _near(snapshot, kind, rest)
    listed = f"itsm list {kind if kind in snapshot.kinds else 'KIND'} lists them"
    message = f"there is no record {text}"
    raise ItsmError(message, f"did you mean {alternatives(near)}?" if near else listed)


def _near(snapshot: Snapshot, kind: str, name: str) -> list[str]:
    """Return the addresses of the records whose ids look like a name: those of its kind, else those of any."""
    for kinds in ({kind}, set(snapshot.kinds)):
        named: dict[str, str] = {}
        for record in snapshot.records.values():
            if record.kind.name in kinds:
                named.setdefault(record.id, record.address)
        near = nearest(name, named)
        if near:
            return [named[each] for each in near]
    return []


def _bears(record: Record, name: str) -> bool:
    return record.id.lower() == name or name in (alias.lower() for alias in record.strings("aliases"))


def find_part(snapshot: Snapshot, text: str, kinds: tuple[str, ...] = KINDS) -> Record:
    """Return the service or CI of this name; for another record raise ItsmError that names those it tells of."""
    record = find_record(snapshot, text, kinds)
    if record.kind.name in kinds:
        return record
    wanted = (
        "a service or a configuration item" if kinds == KINDS else alternatives([with_article(kind) for kind in kinds])
    )
    near = _told_of(snapshot, record, kinds)
    message = f"{record.address} is {with_article(record.kind.title.lower())}, and not {wanted}"
    raise ItsmError(message, f"it tells of {alternatives(near, last='and')}" if near else f"name {wanted}")


def _told_of(snapshot: Snapshot, record: Record, kinds: tuple[str, ...]) -> list[str]:
    """Return a few services and CIs that a record links to or that link to it, CIs first."""
    ends = [link.target for link in snapshot.graph.outgoing.get(record.address, ()) if link.target is not None]
    ends += [link.source for link in snapshot.graph.incoming.get(record.address, ())]
    found = [end for end in dict.fromkeys(ends) if snapshot.records[end].kind.name in kinds]
    return sorted(found, key=lambda end: snapshot.records[end].kind.name)[:_SHOWN]


def find_kind(kinds: Mapping[str, Kind], text: str) -> Kind:
    """Return the kind of this name, plural or prefix; raise ItsmError with the nearest one."""
    names: dict[str, str] = {}
    for kind in kinds.values():
        if text.lower() in (kind.name, kind.plural, kind.folder) or (kind.prefix and text.upper() == kind.prefix):
            return kind
        names |= {kind.name: kind.name, kind.plural: kind.name, kind.folder: kind.name}
    near = kind_meant(text, kinds) or next((names[name] for name in nearest(text, names, most=1)), "")
    message = f"there is no kind {text}"
    raise ItsmError(message, f"did you mean {near}?" if near else f"kinds are {', '.join(kinds)}")
