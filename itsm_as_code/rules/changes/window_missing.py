"""A change goes ahead without saying when.

Those who approve it must see whether its time suits, those who work elsewhere must see it coming, and the status
page cannot announce an outage without a time.

Write `planned` with start and end from `authorize` on. An expected outage needs a time once the change is assessed:
its own `start` and `end`, or the planned window. A change that was found afterwards has no window.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
state: authorize  # <- fault
reason: The old storage is full in May.
cis: [ci:db-01]
plans: {backout: [{do: Mount the old storage again, minutes: 15}]}
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
plans: {backout: [{do: Mount the old storage again, minutes: 15}]}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.derive import outage_window
from itsm_as_code.snapshot.places import state_key
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_DECIDED = frozenset({"authorize", "scheduled", "implement"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each change past its assessment without a window, and each outage that has no time."""
    for change in snapshot.of("change"):
        if change.state in _DECIDED and not change.fields.get("planned"):
            message = f"a change in {change.state} has a window; add planned with start and end"
            yield Fault(change.file, ("planned",), message, place=state_key(change))
        elif change.state == "assess" and change.get("outage.expected") is True and None in outage_window(change):
            message = "an outage is expected, but no time is given; add planned, or start and end of the outage"
            yield Fault(change.file, ("outage",), message)
