"""A change is still being carried out after its planned end.

Users were told when it would be over, and the next change may be planned for the time after. Either it is late, and
somebody must decide whether to go on or to back out, or it is done and nobody said so.

Finish it or back it out, and move it to `review`. If it goes on, agree on another end and write it in `planned`.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/changes/2026/CHG-20260309-aaaa.yaml
title: Bigger disks for the database
type: normal
state: implement
reason: The disks are nearly full.
cis: [ci:db-01]
implementer: person:alice
planned: {start: 2026-03-10T01:00:00+01:00, end: 2026-03-10T03:00:00+01:00}  # <- fault
plans:
  backout:
    - {do: Put the old disks back., minutes: 15}
timeline:
  - {at: 2026-03-09T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-09T15:00:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-03-10T01:00:00+01:00, by: person:alice, type: transition, to: implement}
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
# records/changes/2026/CHG-20260309-aaaa.yaml
title: Bigger disks for the database
type: normal
state: implement
reason: The disks are nearly full.
cis: [ci:db-01]
implementer: person:alice
planned: {start: 2026-03-10T01:00:00+01:00, end: 2026-03-10T10:00:00+01:00}
plans:
  backout:
    - {do: Put the old disks back., minutes: 15}
timeline:
  - {at: 2026-03-09T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-09T15:00:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-03-10T01:00:00+01:00, by: person:alice, type: transition, to: implement}
```
"""

from collections.abc import Iterator
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.as_of import lasting
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each change in `implement` whose planned end has passed."""
    for change in snapshot.of("change"):
        text = str(change.get("planned.end"))
        end = parse_time(text)
        if end is not None and end < as_of and state_at(change, as_of) == "implement":
            message = (
                f"planned to end {lasting(as_of - end)} ago ({text}); finish it or back it out, or plan another end"
            )
            yield Fault(change.file, ("planned", "end"), message)
