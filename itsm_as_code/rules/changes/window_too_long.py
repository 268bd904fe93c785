"""A change is planned to take more than a week.

A window is the time in which others keep away and users are warned. When it lasts for weeks nobody keeps to it, other
changes cannot be planned around it, and an incident in it says nothing about its cause.

Plan the hours in which the work is done. What takes longer is several changes, one after the other (`depends_on`).
Changes that are over are left alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the databases to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]
planned:
  start: 2026-04-04T22:00:00+02:00
  end: 2026-05-05T02:00:00+02:00  # <- fault
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
title: Move the databases to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]
planned:
  start: 2026-04-04T22:00:00+02:00
  end: 2026-04-05T02:00:00+02:00
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.derive import planned_window
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_LONGEST = timedelta(days=7)


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each change, not over, whose planned window is longer than a week."""
    for change in snapshot.of("change"):
        window = planned_window(change)
        if window is None or change.is_final or window[1] - window[0] <= _LONGEST:
            continue
        days = (window[1] - window[0]).days
        message = f"the planned window is {days} days long, the most is {_LONGEST.days}; plan it as several changes"
        yield Fault(change.file, ("planned", "end"), message)
