"""What waivers do to findings: which of them hold, which waive nothing, and which have ended."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.waiver import Waiver
from itsm_as_code.rules.catalogue import Rule
from itsm_as_code.rules.known import unknown
from itsm_as_code.snapshot.as_of import is_final_at
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.waivers import moment, waivers

FileAndRule = tuple[str, str]

UNUSED = "unused-waiver"
EXPIRED = "waiver-expired"


def in_force(
    snapshot: Snapshot, rules: Mapping[str, Rule], as_of: datetime | None = None
) -> Mapping[FileAndRule, Waiver]:
    """Return the waiver that counts for each file and rule: of several, the one that ends last.

    One without an end waives nothing. Without `as_of` one whose end has passed holds still: lint has no clock.
    """
    held: dict[FileAndRule, Waiver] = {}
    for record in valid_records(snapshot):
        for rule, waiver in _last_by_rule(record, as_of).items():
            if rule in rules and rules[rule].waivable and (as_of is None or _holds(waiver, as_of)):
                held[record.file, rule] = waiver
    return held


def unused(
    snapshot: Snapshot, rules: Mapping[str, Rule], off: AbstractSet[str], found: AbstractSet[FileAndRule]
) -> Iterator[Fault]:
    """Yield a fault for each waiver of a live record that waives nothing; `found` is what the rules found.

    Rules that are `off`, depend on the time or judge steps were not asked, so nothing is said of their waivers. A
    waiver without an end is told by a rule of its own. While a record is not valid or a link leads nowhere, some rules
    have not seen all, and a waiver of theirs may be needed.
    """
    unasked = off | {rule.id for rule in rules.values() if rule.timed or rule.of_steps}
    is_all_seen = not snapshot.graph.broken and all(record.valid for record in snapshot.records.values())
    for record in valid_records(snapshot):
        for waiver in () if record.is_final else waivers(record):
            rule = rules.get(waiver.rule)
            if rule is None:
                message = unknown(waiver.rule)
            elif not rule.waivable:
                message = f"{rule.id} cannot be waived; put right what it finds, and withdraw this by a correction"
            elif not is_all_seen or not waiver.until or rule.id in unasked or (record.file, rule.id) in found:
                continue
            else:
                message = f"{rule.id} finds nothing here; withdraw this by a correction, before it hides something new"
            yield Fault(record.file, ("timeline", waiver.position, "rule"), message, rule=UNUSED)


def any_ended(snapshot: Snapshot, as_of: datetime) -> bool:
    """Return whether any waiver's end has passed."""
    return any(
        not _holds(waiver, as_of)
        for record in valid_records(snapshot)
        for waiver in _last_by_rule(record, as_of).values()
    )


def expired(
    snapshot: Snapshot, rules: Mapping[str, Rule], found: AbstractSet[FileAndRule], as_of: datetime
) -> Iterator[Fault]:
    """Yield a fault for each waiver that has ended while its rule, one of lint's, still finds something.

    One from before its record came to a final state is history; one that ends before it begins is told by lint. What
    rules that depend on the time find is no longer waived then, and told by themselves.
    """
    for record in valid_records(snapshot):
        for name, waiver in _last_by_rule(record, as_of).items():
            still_found = (record.file, name) in found and name in rules and rules[name].waivable
            if still_found and not _holds(waiver, as_of) and not _is_over(record, waiver, as_of):
                message = (
                    f"this waiver ended at {waiver.until}, and {name} still finds something; "
                    "put that right, or add a new exception"
                )
                yield Fault(record.file, ("timeline", waiver.position, "until"), message, rule=EXPIRED)


def _last_by_rule(record: Record, as_of: datetime | None) -> Mapping[str, Waiver]:
    """Return for each rule the record's waiver that ends last, without those that have no end."""
    last: dict[str, tuple[datetime, Waiver]] = {}
    for waiver in waivers(record, as_of):
        end = moment(waiver.until)
        if end is not None and (waiver.rule not in last or last[waiver.rule][0] < end):
            last[waiver.rule] = (end, waiver)
    return {rule: waiver for rule, (_, waiver) in last.items()}


def _is_over(record: Record, waiver: Waiver, as_of: datetime) -> bool:
    """Return whether nothing is to be said of a waiver's end: its record ended later, or it ends before it begins."""
    made, end = moment(record.timeline[waiver.position].get("at")), moment(waiver.until)
    if made is None or end is None or end < made or record.is_history:
        return True
    return is_final_at(record, as_of) and not is_final_at(record, made)


def _holds(waiver: Waiver, as_of: datetime) -> bool:
    end = moment(waiver.until)
    return end is not None and as_of < end
