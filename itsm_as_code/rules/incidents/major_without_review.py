"""A major incident was closed without a review.

What brought a whole service down once will do so again unless somebody looks at what contributed to it. Once the
record is closed nobody comes back to it.

Hold the review and write it down under `review`: when, a summary, what contributed, what is to be done by whom.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: closed  # <- fault
impact: high
urgency: high
assignment: {team: team:operations}
major: {state: declared, manager: person:alice}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-09T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/problems/2026/PRB-20260304-aaaa.yaml
title: The connection pool runs dry
origin: reactive
incidents: [INC-20260304-k7qz]
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:alice, type: created}
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
major: {state: declared, manager: person:alice}
resolution: {code: fixed, notes: Restarted the connection pool.}
review:
  held_at: 2026-03-06T14:00:00+01:00
  summary: The pool was smaller than the number of workers.
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-09T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each closed major incident without a review."""
    for incident in snapshot.of("incident"):
        closed_major = incident.state == "closed" and incident.get("major.state") == "declared"
        if closed_major and not incident.get("review") and not incident.is_history:
            message = "a major incident is closed without a review; review it and write that down under review"
            yield Fault(incident.file, ("state",), message)
