"""A record is still open although its parent is done.

Whoever resolves the parent says that the children are resolved too, or that they were no part of it. A child that is
left open keeps its reporter waiting and its clock running.

Resolve the child, or delete its `parent` if it is a fault of its own.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-aaaa.yaml
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

```yaml
# records/incidents/2026/INC-20260304-bbbb.yaml
title: Payments time out
impact: high
urgency: high
parent: INC-20260304-aaaa  # <- fault
timeline:
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: created}
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
# records/incidents/2026/INC-20260304-bbbb.yaml
title: Payments time out
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each open record whose parent is resolved or closed."""
    for link in snapshot.graph.links:
        if link.path != ("parent",) or link.target is None:
            continue
        child, parent = snapshot.records[link.source], snapshot.records[link.target]
        if parent.valid and child.valid and _is_done(parent) and not _is_done(child):
            message = (
                f"its parent {link.text} is {parent.state}, but this is {child.state}; resolve it, or delete parent"
            )
            ends = (OtherEnd(parent.file, ("state",), f"is {parent.state}"),)
            yield Fault(child.file, link.path, message, others=ends)


def _is_done(record: Record) -> bool:
    return record.is_final or record.state == "resolved"
