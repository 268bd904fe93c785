"""People wait for an update on a major incident that was promised.

Whoever is hit by a major incident was told how often they hear of it (`major.update_every`). Silence means to them that
nobody works on it, and they call.

Tell people how it stands, even if nothing has changed, and add a `communication` entry.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
major: {state: declared, manager: person:alice, update_every: PT1H}  # <- fault
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: in-progress}
  - {at: 2026-03-10T05:00:00+01:00, by: person:alice, type: communication, audience: public, text: We are on it.}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

```yaml
# records/problems/2026/PRB-20260305-aaaa.yaml
title: Checkout runs out of connections
incidents: [INC-20260304-k7qz]
timeline:
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: created}
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
major: {state: declared, manager: person:alice, update_every: PT1H}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: in-progress}
  - {at: 2026-03-10T05:00:00+01:00, by: person:alice, type: communication, audience: public, text: We are on it.}
  - {at: 2026-03-10T08:30:00+01:00, by: person:alice, type: communication, audience: public, text: A fix is tested.}
```
"""

from collections.abc import Iterator
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.times import parse_duration
from itsm_as_code.snapshot.as_of import entries_at, is_final_at, lasting
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "error"


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each open, declared major incident whose last communication is older than was promised.

    Where nobody was told yet the time counts from its first timeline entry.
    """
    for incident in snapshot.of("incident"):
        every = parse_duration(str(incident.get("major.update_every")))
        if every is None or incident.get("major.state") != "declared":
            continue
        if state_at(incident, as_of) == "resolved" or is_final_at(incident, as_of):
            continue
        entries = list(entries_at(incident, as_of))
        told = [at for _, at, entry in entries if entry.get("type") == "communication"]
        last = max(told) if told else min((at for _, at, _ in entries), default=as_of)
        if as_of - last > every:
            promised = f"updates are promised every {lasting(every)}"
            silence = (
                f"the last one is {lasting(as_of - last)} old" if told else f"none came in {lasting(as_of - last)}"
            )
            message = f"{promised}, and {silence}; tell people how it stands, and add a communication"
            yield Fault(incident.file, ("major", "update_every"), message)
