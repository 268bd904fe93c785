"""What cannot be read: the incidents, changes and services that do not count, and whether they could have."""

from collections.abc import Sequence

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience

_COUNTING = ("incident", "change", "service")
_NOT_IN_USE = frozenset({"design", "transition", "retired"})
_LONGEST_NAME = 200


def unread(snapshot: Snapshot) -> Sequence[Record]:
    """Return the incidents, changes and services that are not valid, or whose address another file had taken."""
    broken = [record for record in snapshot.records.values() if not record.valid]
    return [record for record in (*broken, *snapshot.shadowed) if record.kind.name in _COUNTING]


def out_of_sight(snapshot: Snapshot) -> bool:
    """Return whether the system did not let a file of such a kind be read at all."""
    folders = tuple(f"records/{snapshot.kinds[name].folder}/" for name in _COUNTING if name in snapshot.kinds)
    return any(fault.rule == "unreadable-file" and fault.file.startswith(folders) for fault in snapshot.faults)


def may_concern(audience: Audience, record: Record) -> bool:
    """Return whether an unread record might be meant for an audience: none that says whom it is for in plain words."""
    said = record.fields.get("visibility")
    if audience == "public":
        return said not in ("internal", "restricted")
    return audience == "restricted" or said != "restricted"


def names_itself(snapshot: Snapshot, service: Record) -> bool:
    """Return whether a service that is not valid still says beyond doubt that it is public, in use, and its name."""
    if service.fields.get("visibility") != "public" or b"restricted" in snapshot.texts.get(service.file, b"").lower():
        return False
    told = service.get("public.name") or service.fields.get("title")
    if not isinstance(told, str) or not told.strip() or len(told) > _LONGEST_NAME or not told.isprintable():
        return False
    # The text itself must be sound: where it is not, what was read of it may not be what was meant.
    rules = {fault.rule for fault in snapshot.faults if fault.file == service.file}
    sound = all(rule.startswith("schema-") or rule in {"unknown-field", "naive-time"} for rule in rules)
    return sound and service.state not in _NOT_IN_USE
