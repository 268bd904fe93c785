"""Finds the record or kind that a person named on the command line."""

from collections.abc import Mapping

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean, nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives


def find_record(snapshot: Snapshot, text: str) -> Record:
    """Return the record of this address, bare id or alias; raise ItsmError with the nearest ones."""
    if text in snapshot.records:
        return snapshot.records[text]
    kind, _, rest = text.rpartition(":")
    name = rest.lower()
    found = {
        record.address: record
        for record in snapshot.records.values()
        if kind in ("", record.kind.name)
        and (record.id.lower() == name or name in (alias.lower() for alias in record.strings("aliases")))
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        message = f"{text} may be {alternatives(sorted(found))}"
        raise ItsmError(message, "name the kind too")
    named = {record.address if kind else record.id: record.address for record in snapshot.records.values()}
    near = [named[name] for name in nearest(text, named)]
    message = f"there is no record {text}"
    raise ItsmError(message, f"did you mean {alternatives(near)}?" if near else "itsm list KIND lists them")


def find_kind(kinds: Mapping[str, Kind], text: str) -> Kind:
    """Return the kind of this name, plural or prefix; raise ItsmError with the nearest ones."""
    for kind in kinds.values():
        if text.lower() in (kind.name, kind.plural, kind.folder) or (kind.prefix and text.upper() == kind.prefix):
            return kind
    message = f"there is no kind {text}{did_you_mean(text, kinds)}"
    raise ItsmError(message, f"kinds are {', '.join(kinds)}")
