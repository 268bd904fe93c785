"""A template locks a field for which it has no value.

A locked field must be in each change exactly as the template has it. Where the template has nothing, nothing is
locked, and whoever approved the template believes otherwise.

Write the field under `defaults`, or take it out of `locked`.

Wrong:

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: approved
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
  plans:
    implementation:
      - {do: Restart it, minutes: 5}
locked:
  - plans.implementation
  - plans.backout  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: approved
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
  plans:
    implementation:
      - {do: Restart it, minutes: 5}
    backout:
      - {do: Fail over to its twin, minutes: 5}
locked:
  - plans.implementation
  - plans.backout
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each locked field of a template, not retired, that its defaults lack."""
    for template in snapshot.of("change-template"):
        if template.is_final:
            continue
        for number, field in enumerate(template.strings("locked")):
            if template.get(f"defaults.{field}") is None:
                message = f"{field} is locked, but defaults has no such field; write it there, or do not lock it"
                yield Fault(template.file, ("locked", number), message)
