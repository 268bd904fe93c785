"""A problem comes from incidents and does not name them.

Its incidents show how much it costs, what it looks like, and, when the next one comes, whether the fix has held.
Whoever works on them finds the problem only through this link.

Name them in `incidents`. If nothing has happened yet, it is `origin: proactive`. Canceled problems and duplicates
are left alone.

Wrong:

```yaml
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Mail server restarts every night
origin: reactive  # <- fault
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
```

```yaml
# records/incidents/2026/INC-20260309-k7qz.yaml
title: Mail cannot be read at night
impact: low
urgency: low
timeline:
  - {at: 2026-03-09T23:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Mail server restarts every night
origin: reactive
incidents: [INC-20260309-k7qz]
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each reactive problem that names no incident."""
    for problem in snapshot.of("problem"):
        if problem.fields.get("origin") != "reactive" or problem.fields.get("incidents"):
            continue
        is_duplicate = problem.fields.get("duplicate_of") or problem.get("resolution.code") == "duplicate"
        if problem.state != "canceled" and not problem.is_history and not is_duplicate:
            message = "it comes from incidents, but names none; add them to incidents, or write origin: proactive"
            yield Fault(problem.file, ("origin",), message)
