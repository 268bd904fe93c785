"""The waivers that a record's timeline tells, and when they hold."""

from collections.abc import Sequence
from datetime import datetime

from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.model.waiver import Waiver


def waivers(record: Record, as_of: datetime | None = None) -> Sequence[Waiver]:
    """Return the record's waivers in file order, without those that a `correction` withdraws.

    With `as_of` (aware) only entries made until then count. A correction withdraws the exceptions of its `of`.
    """
    timeline = record.timeline
    if not any(entry.get("type") == "exception" for entry in timeline):
        return ()
    entries = [(position, entry) for position, entry in enumerate(timeline) if _was_made(entry.get("at"), as_of)]
    withdrawn = {moment(entry.get("of")) for _, entry in entries if entry.get("type") == "correction"}
    return [
        Waiver(
            rule=str(entry.get("rule", "")),
            reason=str(entry.get("reason", "")),
            until=str(entry.get("until", "")),
            approved_by=str(entry.get("approved_by", "")),
            position=position,
        )
        for position, entry in entries
        if entry.get("type") == "exception" and moment(entry.get("at")) not in withdrawn
    ]


def moment(text: object) -> datetime | None:
    """Return the instant that a field of a timeline entry says; None where it says none."""
    return parse_time(text) if isinstance(text, str) else None


def _was_made(at: object, as_of: datetime | None) -> bool:
    if as_of is None:
        return True
    made = moment(at)
    return made is not None and made <= as_of
