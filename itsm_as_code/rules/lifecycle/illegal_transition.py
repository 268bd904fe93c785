"""A change of state that the lifecycle does not have.

Each state may be left for some states only, so that no step that matters is skipped and a report can rely on what a
state means.

Go through the states that are allowed; the message lists them. `itsm schema KIND` shows the whole lifecycle.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: closed
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: closed}  # <- fault
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
state: closed
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator
from dataclasses import replace

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import Transition, transitions
from itsm_as_code.snapshot.wording import not_to_follow

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each transition to an unknown state or to one that may not follow."""
    for record in valid_records(snapshot):
        if not record.kind.states:
            continue
        for transition in transitions(record):
            message = _message(record.kind, transition)
            if message and transition.start != transition.before and record.kind.logged:
                # A chain that is broken is told of by another rule; here it counts what it would be without.
                message = _message(record.kind, replace(transition, start=transition.before))
            if message:
                yield Fault(record.file, ("timeline", transition.position, "to"), message)


def _message(kind: Kind, transition: Transition) -> str:
    """Return what is wrong with the transition; empty if nothing is."""
    return not_to_follow(kind, transition.start, transition.to)
