"""An emergency change fixes nothing.

An emergency change skips the usual checks, because something is broken or about to break. If no incident and no
problem says what, it is a normal change in a hurry.

Name the incident or problem in `fixes`, and open one if there is none: it may be written after the work. Or make it
a normal change. Canceled changes and imported history are left alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the payment gateway
type: emergency  # <- fault
state: implement
reason: Payments fail since three o'clock.
cis: [ci:web-01]
implementer: person:alice
planned: {start: 2026-04-01T03:20:00+02:00, end: 2026-04-01T03:40:00+02:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
timeline:
  - {at: 2026-04-01T03:15:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T03:20:00+02:00, by: person:alice, type: transition, to: implement}
```

```yaml
# records/incidents/2026/INC-20260401-k7qz.yaml
title: Payments fail
impact: high
urgency: high
timeline:
  - {at: 2026-04-01T03:07:00+02:00, by: person:alice, type: created}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
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
title: Restart the payment gateway
type: emergency
state: implement
reason: Payments fail since three o'clock.
cis: [ci:web-01]
fixes: [INC-20260401-k7qz]
implementer: person:alice
planned: {start: 2026-04-01T03:20:00+02:00, end: 2026-04-01T03:40:00+02:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
timeline:
  - {at: 2026-04-01T03:15:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T03:20:00+02:00, by: person:alice, type: transition, to: implement}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each emergency change that fixes neither an incident nor a problem."""
    for change in snapshot.of("change"):
        if change.fields.get("type") != "emergency" or change.state == "canceled" or change.is_history:
            continue
        if not change.fields.get("fixes"):
            message = "this emergency names no incident or problem; name it in fixes, or make this a normal change"
            yield Fault(change.file, ("type",), message)
