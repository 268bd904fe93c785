"""A major incident that nobody leads.

In a major incident one person decides, so that the others can work. If it is not written down who that is, everybody
thinks that somebody else does.

Name the person under `major.manager`; it may change later.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
major: {state: declared}  # <- fault
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
major: {state: declared, manager: person:alice}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each declared major incident without a manager."""
    for incident in snapshot.of("incident"):
        declared = incident.get("major.state") == "declared" and incident.state != "canceled"
        if declared and not incident.get("major.manager") and not incident.is_history:
            message = "nobody leads this major incident; name the person under major.manager"
            yield Fault(incident.file, ("major", "manager"), message)
