"""Folding: plans what moves a record's entry files into its own timeline."""

from itsm_as_code.editing.plan import FileEdit, Plan, nothing
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.entries import interleaved, written
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.writing.edits import Put
from itsm_as_code.writing.record import field_order
from itsm_as_code.writing.splice import splice


def plan_fold(snapshot: Snapshot, record: Record) -> Plan:
    """Return the plan that moves each entry into the record, in the order in which they were written down.

    No entry changes, so that for a step nothing has: comments in the entries' files are lost with these.
    """
    files = list(record.entry_files.values())
    if not files:
        return nothing(f"{record.address} has no timeline entries in files of their own")
    timeline, _positions = interleaved(record.own_fields.get("timeline", []), files, written)
    before = snapshot.texts[record.file]
    order = field_order(record.kind)
    after = splice(before, [Put(("timeline",), timeline, one_line=True)], order)
    gone = [FileEdit(entry.file, snapshot.texts[entry.file], None) for entry in files]
    told = f"{len(files):,} {'entry' if len(files) == 1 else 'entries'} folded in"
    return Plan(
        (FileEdit(record.file, before, after), *gone),
        (f"{record.address}: {told}",),
        f"{record.id}: {told}",
        (record.address,),
    )
