"""Notes: plans what `itsm note` writes."""

from itsm_as_code.editing.entry import Stamp, edit_record, entry, tidied
from itsm_as_code.editing.plan import Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot


def plan_note(snapshot: Snapshot, record: Record, text: str, stamp: Stamp, *, public: bool = False) -> Plan:
    """Return the plan that adds a note to a record's timeline, for the public site too where it is `public`.

    Raises ItsmError for an empty text, and for a public note of a record that the public site does not show.
    """
    text = tidied(text)
    if not text:
        raise ItsmError("the note is empty", "say what happened, for example: itsm note ID 'Called the vendor.'")
    if public and record.visibility != "public":
        message = f"{record.address} is {record.visibility}, so the public site would not show the note"
        raise ItsmError(message, f"leave --public out, or first: itsm set {record.address} visibility=public")
    written = entry(stamp, "note", text=text, visibility="public" if public else None)
    edits = edit_record(snapshot, record, (), (written,), stamp)
    what = "public note" if public else "note"
    return Plan(edits, (f"{record.address}: {what} by {stamp.by}",), f"{record.id}: {what}", (record.address,), text)
