"""A change that nobody knows how to undo.

When a change goes wrong at two in the morning, there is no time to think of the way back. Whoever authorises it
should see that there is one.

Write the steps under `plans.backout`. If there is no way back, write that, and what would be done instead.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
state: authorize  # <- fault
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T02:00:00+02:00}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
```

```yaml
# records/cis/db-01.yaml
title: Database server 1
class: server
state: operational
owner: team:operations
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
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
state: authorize
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T02:00:00+02:00}
plans:
  backout:
    - {do: "Mount the old storage again and start the database.", minutes: 15}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import transitions

SEVERITY = "error"

_TYPES = frozenset({"normal", "emergency"})
_PLANNED = frozenset({"authorize", "scheduled", "implement"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each normal or emergency change that went ahead without a way back."""
    for change in snapshot.of("change"):
        if change.fields.get("type") not in _TYPES or change.is_history or change.get("plans.backout"):
            continue
        if change.state not in ("new", "assess", "canceled") and _was_planned(change):
            message = f"a change in {change.state} needs a way back; write its steps under plans.backout"
            yield Fault(change.file, ("state",), message)


def _was_planned(change: Record) -> bool:
    """Return whether it went through planning; one that was found afterwards did not and has no plans."""
    return any(transition.to in _PLANNED for transition in transitions(change))
