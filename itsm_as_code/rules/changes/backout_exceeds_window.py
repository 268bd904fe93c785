"""The planned window is too short to undo the change if it goes wrong at its end.

Whoever finds out in the last minute that it does not work must still have the time to go back. If doing and undoing
together take longer than the window, the outage will be longer than users were told.

Widen the window, or set a point in the plan at which one turns back, and count the steps up to it. Counted are the
`minutes` of `plans.implementation` and `plans.backout`, where both say some. Changes that were carried out are left
alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T00:00:00+02:00}
plans:
  implementation:
    - {do: Copy the files to the new storage, minutes: 90}
    - {do: Start the database, minutes: 5}
  backout:  # <- fault
    - {do: Mount the old storage again and start the database, minutes: 30}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
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
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T01:00:00+02:00}
plans:
  implementation:
    - {do: Copy the files to the new storage, minutes: 90}
    - {do: Start the database, minutes: 5}
  backout:
    - {do: Mount the old storage again and start the database, minutes: 30}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.derive import planned_window
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each change, not carried out yet, whose window does not hold the plan and the way back."""
    for change in snapshot.of("change"):
        window = planned_window(change)
        if window is None or change.is_final or change.state == "review":
            continue
        forth, back = _minutes(change, "implementation"), _minutes(change, "backout")
        length = int((window[1] - window[0]) / timedelta(minutes=1))
        if forth and back and forth + back > length:
            message = (
                f"the plan takes {forth} minutes and the way back {back}, but the window has {length}; "
                "widen it, or turn back earlier"
            )
            yield Fault(change.file, ("plans", "backout"), message)


def _minutes(change: Record, plan: str) -> int:
    return sum(step.get("minutes", 0) for step in change.get(f"plans.{plan}") or ())
