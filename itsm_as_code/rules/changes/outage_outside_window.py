"""An outage is announced for a time at which nobody works on the change.

Users are told of the outage, those who work are told of the window. If the outage is not within the window, one of
them was told wrong.

Correct the outage, or widen the planned window. An outage without times of its own is as long as the window. Changes
that are over are left alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T02:00:00+02:00}
outage:
  expected: true
  start: 2026-04-04T22:30:00+02:00
  end: 2026-04-05T03:00:00+02:00  # <- fault
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
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T03:00:00+02:00}
outage:
  expected: true
  start: 2026-04-04T22:30:00+02:00
  end: 2026-04-05T03:00:00+02:00
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.derive import planned_window
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for the start or the end of each expected outage, not over, outside the planned window."""
    for change in snapshot.of("change"):
        window = planned_window(change)
        if window is None or change.is_final or change.get("outage.expected") is not True:
            continue
        for field in ("start", "end"):
            at = parse_time(str(change.get(f"outage.{field}")))
            if at is not None and not window[0] <= at <= window[1]:
                planned = change.fields["planned"]
                message = f"outside the planned window ({planned['start']} to {planned['end']}); correct one of them"
                ends = (OtherEnd(change.file, ("planned",), "the planned window"),)
                yield Fault(change.file, ("outage", field), message, others=ends)
