"""A standard change is made from a template that is not approved.

The template's approval is the only one that a standard change has. A draft has none yet, and a retired template was
found to be no longer routine.

Have the template approved first, name another one, or make the change `normal`. Changes that are over are left
alone: the template was approved when they ran.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart web server 1
type: standard
template: change-template:restart-server  # <- fault
reason: It leaks memory.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: draft
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
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
title: Restart web server 1
type: normal
reason: It leaks memory.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each standard change, still to come or under way, whose template is not approved."""
    for template in snapshot.of("change-template"):
        if template.state == "approved" or template.state not in template.kind.states:
            continue
        for link in snapshot.graph.incoming.get(template.address, ()):
            change = snapshot.records[link.source]
            if link.path != ("template",) or change.is_final or change.fields.get("type") != "standard":
                continue
            message = f"{link.text} is {template.state}; have it approved first, or make this a normal change"
            ends = (OtherEnd(template.file, ("state",), f"is {template.state}"),)
            yield Fault(change.file, link.path, message, others=ends)
