"""A type of relation that nobody has defined.

What a relation means, and whether a failure travels along it, follows from its type. One that is not defined carries
nothing, and the impact of an outage comes out too small.

Choose one of the types, or add your own to `relation_types` in `itsm.yaml`.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
relations:
  - {type: run_on, to: ci:host-07}  # <- fault
```

```yaml
# records/cis/host-07.yaml
title: Host 7
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
class: server
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-07}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each relation of a CI whose type is neither configured nor an inverse."""
    types = snapshot.config.relation_types
    known = types.keys() | {relation.inverse for relation in types.values()}
    for ci in snapshot.of("ci"):
        for position, relation in enumerate(ci.mappings("relations")):
            name = relation.get("type")
            if isinstance(name, str) and name not in known:
                advice = (
                    suggestion(nearest(name, list(types)))
                    or "; choose another, or add it to relation_types in itsm.yaml"
                )
                yield Fault(ci.file, ("relations", position, "type"), f"{name} is no type of relation{advice}")
