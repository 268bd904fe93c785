"""Communications: plans what tells people how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from itsm_as_code.editing.choices import choose
from itsm_as_code.editing.entry import Stamp, edit_record, entry, tidied
from itsm_as_code.editing.plan import Plan
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_duration
from itsm_as_code.snapshot.snapshot import Snapshot

STATUSES = ("investigating", "identified", "monitoring", "resolved")
AUDIENCES: Mapping[str, str] = {
    "public": "the public",
    "customers": "customers",
    "internal": "our own people",
    "management": "management",
    "vendor": "the vendor",
}
"""Audience → what it is called in a sentence."""


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told; `status` and `audience` are as typed, empty for none and for the usual one."""

    text: str
    status: str = ""
    audience: str = ""


def plan_communication(snapshot: Snapshot, record: Record, message: Message, stamp: Stamp) -> Plan:
    """Return the plan that writes down what people were told; on a public record everybody, else our own people.

    Raises ItsmError for an empty text, and where everybody shall read what the public site does not show.
    """
    written = communication(message, stamp, record.visibility, record.address)
    edits = edit_record(snapshot, record, (), (written,), stamp)
    status = written.get("status")
    told = f"told {AUDIENCES[written['audience']]}{f', {status}' if status else ''}"
    said = [f"{record.address}: {told}", *_promised(record, stamp)]
    return Plan(edits, tuple(said), f"{record.id}: {told}", (record.address,), str(written["text"]))


def communication(message: Message, stamp: Stamp, visibility: str, address: str) -> Mapping[str, Any]:
    """Return the entry of what people were told of a record of this visibility. Raises as `plan_communication`."""
    text = tidied(message.text)
    if not text:
        raise ItsmError("the text is empty", "say what people shall read: what they notice, and when they hear more")
    audience = (
        choose(message.audience, tuple(AUDIENCES), "audience")
        if message.audience
        else ("public" if visibility == "public" else "internal")
    )
    if audience == "public" and visibility != "public":
        why = f"{address} is {visibility}, so the public site would not show it"
        raise ItsmError(why, f"say --audience internal, or first: itsm set {address} visibility=public")
    status = choose(message.status, STATUSES, "status") if message.status else ""
    return entry(stamp, "communication", audience=audience, status=status or None, text=text)


def _promised(record: Record, stamp: Stamp) -> list[str]:
    """Return when a major incident's next update was promised."""
    every = parse_duration(str(record.get("major.update_every")))
    if every is None or record.get("major.state") != "declared" or record.state in ("resolved", "closed"):
        return []
    return [f"next update by {_clock(stamp, every)}"]


def _clock(stamp: Stamp, every: timedelta) -> str:
    due = stamp.at + every
    return f"{due:%H:%M}" if due.date() == stamp.at.date() else f"{due:%Y-%m-%d %H:%M}"
