"""Finds the record or kind that a person named on the command line."""

from collections.abc import Mapping

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import with_article
from itsm_as_code.reading.synonyms import kind_meant
from itsm_as_code.snapshot.naming import bearers, did_you_mean, nearest_names
from itsm_as_code.snapshot.network import KINDS
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

_SHOWN = 3


def find_record(snapshot: Snapshot, text: str, prefer: tuple[str, ...] = ()) -> Record:
    """Return the record of this address, bare id, alias or file; raise ItsmError with the nearest ones.

    A record of the preferred kinds is meant where there is one.
    """
    if not text.strip():
        message = "the id is empty"
        raise ItsmError(message, "name a record, for example ci:web-01")
    of_file = [record for record in snapshot.records.values() if record.file == text]
    found = of_file or (bearers(snapshot, text, prefer) if prefer else []) or bearers(snapshot, text)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{text} may be {alternatives(sorted(record.address for record in found))}"
        raise ItsmError(message, "name one of them")
    kind = text.rpartition(":")[0].lower()
    near = (nearest_names(snapshot, text, (kind,)) if kind else []) or nearest_names(snapshot, text)
    listed = f"itsm list {kind if kind in snapshot.kinds else 'KIND'} lists them"
    raise ItsmError(f"there is no record {text}", did_you_mean(near) or listed)


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
