"""A change to something that is retired.

What is retired does not run any more. Either the change has the wrong CI, or it is no longer needed.

Name the CI that is meant, or cancel the change. Closed changes are left alone: the CI was there when they ran.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Renew the certificate of the web server
type: normal
reason: It expires in May.
cis: [ci:web-01]  # <- fault
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: retired
```

```yaml
# records/cis/web-02.yaml
title: Web server 2
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
title: Renew the certificate of the web server
type: normal
reason: It expires in May.
cis: [ci:web-02]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each retired CI that an open change names among its CIs."""
    for change in snapshot.of("change"):
        if change.is_final:
            continue
        for link in snapshot.graph.outgoing.get(change.address, ()):
            ci = snapshot.records.get(link.target or "")
            if link.path[0] == "cis" and ci is not None and ci.state == "retired":
                message = f"{link.text} is retired; name the CI that is meant, or cancel the change"
                yield Fault(change.file, link.path, message, others=(OtherEnd(ci.file, ("state",), "is retired"),))
