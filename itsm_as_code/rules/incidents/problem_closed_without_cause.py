"""A problem is closed without a cause.

Finding the cause is what a problem record is for. Without it, the next incident of its kind starts from nothing.

Write the cause under `root_cause.statement`. If it is not worth looking for, say so: resolution `risk-accepted`,
with who accepted it.

Wrong:

```yaml
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Mail server restarts every night
state: closed  # <- fault
assignment: {team: team:operations}
resolution: {code: fix-applied, notes: Has not happened again.}
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/changes/2026/CHG-20260310-aaaa.yaml
title: Delete the backup's snapshots after an hour
type: normal
state: closed
reason: They fill the disk of the mail server.
cis: [ci:mail-01]
implementer: person:alice
planned: {start: 2026-03-11T20:00:00+01:00, end: 2026-03-11T21:00:00+01:00}
plans: {backout: [{do: Keep them for a day again, minutes: 5}]}
fixes: [PRB-20260310-aaaa]
result: {code: successful}
timeline:
  - {at: 2026-03-10T11:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-11T11:00:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-03-11T20:00:00+01:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-03-11T20:20:00+01:00, by: person:alice, type: transition, to: review}
  - {at: 2026-03-12T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/cis/mail-01.yaml
title: Mail server
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
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Mail server restarts every night
state: closed
assignment: {team: team:operations}
root_cause: {statement: The backup filled the disk with its snapshots.}
resolution: {code: fix-applied, notes: Snapshots are deleted after an hour.}
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_NO_CAUSE_NEEDED = frozenset({"risk-accepted", "duplicate"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each closed problem without a cause, unless its risk was accepted or it is a duplicate."""
    for problem in snapshot.of("problem"):
        if problem.state != "closed" or problem.is_history or problem.get("root_cause.statement"):
            continue
        if problem.get("resolution.code") not in _NO_CAUSE_NEEDED:
            message = "closed without a cause; write it under root_cause.statement, or resolve it as risk-accepted"
            yield Fault(problem.file, ("state",), message)
