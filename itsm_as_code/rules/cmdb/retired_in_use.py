"""Something in use depends on something retired.

Either the retired record still runs, and nobody looks after it, or the link is a left-over, and the impact of an
outage is worked out over something that is not there.

Link to what took its place, or take the retired record back into operation.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: vm
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-07}  # <- fault
```

```yaml
# records/cis/host-07.yaml
title: Host 7
class: hypervisor
state: retired
```

```yaml
# records/cis/host-08.yaml
title: Host 8
class: hypervisor
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: vm
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-08}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_KINDS = ("service", "ci")
_DEPENDENCIES = frozenset({"relations", "depends_on", "cis", "services"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each dependency of a live service or CI on a retired one."""
    for kind in _KINDS:
        for retired in snapshot.of(kind):
            if retired.state != "retired":
                continue
            for link in snapshot.graph.incoming.get(retired.address, ()):
                source = snapshot.records[link.source]
                if source.kind.name in _KINDS and link.path[0] in _DEPENDENCIES and not source.is_final:
                    state = source.state
                    message = f"{link.text} is retired, but this is in state {state}; link to what took its place"
                    ends = (OtherEnd(retired.file, ("state",), "is retired"),)
                    yield Fault(source.file, link.path, message, others=ends)
