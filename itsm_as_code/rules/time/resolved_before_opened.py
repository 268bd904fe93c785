"""A record is resolved before it was opened.

Durations and availability figures count from one to the other; a negative one spoils every average it enters.
Mostly a day or a year was mistyped.

Correct the time that is wrong. A timeline on the main branch is not edited: add a `correction` entry.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: resolved
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2025-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: resolved
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.derive import opened_at
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import transitions

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each record whose work ended before the record was opened."""
    for record in valid_records(snapshot):
        if record.kind.logged and record.timeline:
            yield from _first_reversed(record)


def _first_reversed(record: Record) -> Iterator[Fault]:
    opened_text = opened_at(record)
    opened = parse_time(opened_text or "")
    if opened is None:
        return
    for transition in transitions(record):
        state = record.kind.states.get(transition.to)
        if transition.to != "resolved" and (state is None or not state.final):
            continue
        at_text = str(record.timeline[transition.position].get("at"))
        at = parse_time(at_text)
        if at is not None and at < opened:
            message = (
                f"{transition.to} at {at_text}, before it was opened at {opened_text}; correct the one that is wrong"
            )
            ends = (OtherEnd(record.file, ("timeline", 0), "the timeline begins here"),)
            yield Fault(record.file, ("timeline", transition.position, "at"), message, others=ends)
            return
