"""An incident or a problem ended and nobody can say how.

The next person who meets the same trouble looks here first. How it ended also tells what is gone for good and what
may come back: a workaround is no fix.

Choose `resolution.code`, and write a line under `resolution.notes` on what was done. Records imported as history are
exempt.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: resolved  # <- fault
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
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
state: resolved
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.places import state_key
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_KINDS = ("incident", "problem")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each resolved or closed incident or problem without a resolution code."""
    for kind in _KINDS:
        for record in snapshot.of(kind):
            if record.state in ("resolved", "closed") and not record.get("resolution.code") and not record.is_history:
                message = f"{with_article(kind)} that is {record.state} must say how it ended; add resolution.code"
                yield Fault(record.file, ("resolution", "code"), message, place=state_key(record))
