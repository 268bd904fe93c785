"""Nobody has touched an open incident for too long.

Somebody waits for it. Either it was forgotten, or it was solved and nobody wrote that down; both look the same to those
who wait.

The more pressing, the sooner: a P1 is told after a day without an entry, a P2 after 3, a P3 after 7, others after 30
days; on hold three times as long. Write down how it stands, or resolve it. A major incident that promises updates
(`major.update_every`) is watched by major-update-overdue.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: in-progress}  # <- fault
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
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: in-progress}
  - {at: 2026-03-10T08:40:00+01:00, by: person:alice, type: note, text: "The vendor has a patch, tested today."}
```
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.as_of import entries_at, in_days, is_final_at, lasting
from itsm_as_code.snapshot.derive import priority
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"

_DAYS: Mapping[int, int] = {1: 1, 2: 3, 3: 7}
_OTHERS = 30
_ON_HOLD = 3
"""How many times as long an incident on hold may rest."""


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each open incident whose last entry is older than its priority allows."""
    for incident in snapshot.of("incident"):
        state = state_at(incident, as_of)
        watched = incident.get("major.state") == "declared" and incident.get("major.update_every")
        if state == "resolved" or is_final_at(incident, as_of) or watched:
            continue
        told = [
            (_written(at, entry.get("recorded_at"), as_of), position)
            for position, at, entry in entries_at(incident, as_of)
        ]
        if not told:
            continue
        last, position = max(told)
        urgency = priority(incident, snapshot.config)
        days = _DAYS.get(urgency or 0, _OTHERS) * (_ON_HOLD if state == "on-hold" else 1)
        if as_of - last > timedelta(days=days):
            named = f"an incident of priority {urgency}" if urgency else "an incident"
            on_hold = " on hold" if state == "on-hold" else ""
            message = (
                f"nothing was written for {lasting(as_of - last)}, and {named}{on_hold} may rest "
                f"{in_days(days)}; write how it stands, or resolve it"
            )
            yield Fault(incident.file, ("timeline", position, "at"), message)


def _written(at: datetime, recorded_at: object, as_of: datetime) -> datetime:
    """Return when an entry was written: later than what it tells of, where it says so."""
    recorded = parse_time(str(recorded_at))
    return recorded if recorded is not None and at < recorded <= as_of else at
