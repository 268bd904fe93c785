"""A CI in use that nothing is known to need.

Nobody can tell what fails with it, whether it may be switched off, or whether it is still there at all. Forgotten
machines are paid for, and are the ones that nobody patches.

Write what it is for: under `depends_on` of the service that needs it, or as a relation. If nothing needs it, retire
it. Any link to it counts, an incident's or a contract's too, and so does an asset that somebody has: a laptop is for
its user. While no service says what it depends on, the rule is silent: there is no map yet from which to be missing.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/cis/web-02.yaml
title: Web server 2  # <- fault
class: server
state: operational
owner: team:operations
```

```yaml
# records/services/shop.yaml
title: Web shop
tier: 2
state: live
owner: team:operations
depends_on: [ci:web-01]
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: server
state: operational
owner: team:operations
```

```yaml
# records/services/shop.yaml
title: Web shop
tier: 2
state: live
owner: team:operations
depends_on: [ci:web-01, ci:web-02]
redundancy: [{over: depends_on, min_up: 1}]
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import all_read
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each operational CI without a relation that no record links to."""
    has_map = any(service.strings("depends_on") for service in snapshot.of("service"))
    if not has_map or not all_read(snapshot, *snapshot.kinds):
        return
    for ci in snapshot.of("ci"):
        if ci.state == "operational" and not ci.mappings("relations") and not _is_known_for_something(ci, snapshot):
            message = "nothing is known to need this CI; link to it from what does, or retire it"
            yield Fault(ci.file, ("relations",), message)


def _is_known_for_something(ci: Record, snapshot: Snapshot) -> bool:
    if any(link.source != ci.address for link in snapshot.graph.incoming.get(ci.address, ())):
        return True
    linked = [link for link in snapshot.graph.outgoing.get(ci.address, ()) if link.path == ("asset",)]
    assets = [snapshot.records[link.target] for link in linked if link.target is not None]
    return any(asset.fields.get("assigned_to") for asset in assets)
