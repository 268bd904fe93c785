"""The state and the timeline tell different stories.

Every change of state is an entry of the timeline: each one starts where the one before it ended, and the last one
ends at `state`. Where the chain breaks, somebody changed the state without saying when and why, or two people moved
the record at the same time.

Add the missing `transition`, or correct the state.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: in-progress  # <- fault
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
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
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:12:00+01:00, by: person:alice, type: transition, to: in-progress}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import reached, transitions

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each place where a logged record's transitions and state do not join."""
    for record in valid_records(snapshot):
        if record.kind.logged:
            yield from _breaks(record)


def _breaks(record: Record) -> Iterator[Fault]:
    for transition in transitions(record):
        if transition.start != transition.before:
            message = (
                f"this transition starts from {transition.start}, but the entries above lead to {transition.before};"
                f" add the transition that is missing, or correct it"
            )
            yield Fault(record.file, ("timeline", transition.position, "from"), message)
    end = reached(record)
    if end == record.state:
        return
    if "state" in record.fields:
        message = (
            f"state is {record.state}, but the timeline leads to {end};"
            f" add {{type: transition, to: {record.state}}} to the timeline, or write {end}"
        )
    else:
        message = f"the timeline leads to {end}, but no state is written; write state: {end}"
    yield Fault(record.file, ("state",), message)
