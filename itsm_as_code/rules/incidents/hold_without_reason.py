"""An incident is on hold and does not say what it waits for.

While it waits nobody works on it, and its clock may stand still. Whoever asks why must find an answer, and whoever
is waited for must be known, or it waits forever.

Write `hold_reason`: `awaiting-caller`, `awaiting-change`, `awaiting-problem` or `awaiting-vendor`. If it is none of
these, it is in progress.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Delivery messages arrive late
state: on-hold  # <- fault
impact: low
urgency: medium
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T08:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T08:20:00+01:00, by: person:alice, type: transition, to: on-hold}
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
title: Delivery messages arrive late
state: on-hold
hold_reason: awaiting-vendor
impact: low
urgency: medium
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T08:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T08:20:00+01:00, by: person:alice, type: transition, to: on-hold}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.places import state_key
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each incident on hold without a reason."""
    for incident in snapshot.of("incident"):
        if incident.state == "on-hold" and not incident.fields.get("hold_reason"):
            message = (
                "it is on hold, but does not say for what; "
                "add hold_reason: awaiting-caller, awaiting-change, awaiting-problem or awaiting-vendor"
            )
            yield Fault(incident.file, ("hold_reason",), message, place=state_key(incident))
