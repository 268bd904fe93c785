"""A standard change names no template, or another change names one.

A standard change needs no approval of its own because its template was approved once. Without a template nobody has
approved it; and what is not standard is assessed for itself, whatever it was copied from.

Name the template in `template`, or choose the type that fits: `normal`, or `emergency`. Canceled changes and
imported history are left alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart web server 1
type: standard  # <- fault
reason: It leaks memory.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: approved
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
type: standard
template: change-template:restart-server
reason: It leaks memory.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each standard change without a template and each other change with one."""
    for change in snapshot.of("change"):
        if change.state == "canceled" or change.is_history:
            continue
        type_, template = change.fields.get("type"), change.fields.get("template")
        if type_ == "standard" and not template:
            message = "a standard change is made from an approved template; name it in template, or make it normal"
            yield Fault(change.file, ("type",), message)
        elif type_ != "standard" and template:
            message = f"only a standard change has a template, and this is {type_}; delete template, or correct type"
            yield Fault(change.file, ("template",), message)
