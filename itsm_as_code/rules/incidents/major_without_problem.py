"""A major incident is over, and no problem asks why it happened.

The service works again, but whatever brought it down is still there. A review says what happened; only a problem
sees to it that it does not happen again.

Open a problem and name the incident in its `incidents`, or add it to the one that exists. Not asked of duplicates,
of parts of another incident, of cases of a known error, and where no fault was found.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: resolved  # <- fault
impact: high
urgency: high
assignment: {team: team:operations}
major: {state: declared, manager: person:alice}
resolution: {code: workaround, notes: Restarted the connection pool.}
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
major: {state: declared, manager: person:alice}
resolution: {code: workaround, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
```

```yaml
# records/problems/2026/PRB-20260304-aaaa.yaml
title: The connection pool runs dry
origin: reactive
incidents: [INC-20260304-k7qz]
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import all_read, problems_of
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_NO_CAUSE_TO_FIND = frozenset({"duplicate", "no-fault-found"})
_CAUSE_IS_ELSEWHERE = ("duplicate_of", "parent", "known_error")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each declared major incident that ended and that no problem lists."""
    for incident in snapshot.of("incident") if all_read(snapshot, "problem") else ():
        ended_major = incident.get("major.state") == "declared" and incident.state in ("resolved", "closed")
        if not ended_major or incident.is_history or _has_no_cause_of_its_own(incident):
            continue
        if not any(problems_of(snapshot, incident)):
            message = f"a major incident is {incident.state} and no problem lists it; open one, or add it to one"
            yield Fault(incident.file, ("state",), message)


def _has_no_cause_of_its_own(incident: Record) -> bool:
    return incident.get("resolution.code") in _NO_CAUSE_TO_FIND or any(
        incident.fields.get(field) for field in _CAUSE_IS_ELSEWHERE
    )
