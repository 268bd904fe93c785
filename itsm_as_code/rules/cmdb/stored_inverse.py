"""A relation is written from the wrong end.

Each relation is stored once, on the record that depends on the other; the view from the other end is derived. Stored
on both ends, the two drift apart, and every new server would need an edit of its host.

Move the relation to the other record, under the name that the message gives.

Wrong:

```yaml
# records/cis/host-07.yaml
title: Host 7
class: hypervisor
state: operational
owner: team:operations
relations:
  - {type: runs, to: ci:web-01}  # <- fault
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/host-07.yaml
title: Host 7
class: hypervisor
state: operational
owner: team:operations
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-07}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each relation of a CI that bears the name of an inverse."""
    types = snapshot.config.relation_types
    forward = {relation.inverse: name for name, relation in types.items() if relation.inverse not in types}
    for ci in snapshot.of("ci"):
        for position, relation in enumerate(ci.mappings("relations")):
            name = relation.get("type")
            if name in forward:
                message = (
                    f"{name} is the inverse of {forward[name]} and is derived;"
                    f" write {{type: {forward[name]}, to: {ci.address}}} on {relation.get('to')} instead"
                )
                yield Fault(ci.file, ("relations", position, "type"), message)
