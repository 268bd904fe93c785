"""An important service that depends on one that is less important.

A tier says how much hangs on a service, and so how fast it is looked after. If a tier 1 service fails whenever a
tier 3 service fails, then the tier 3 service is a tier 1 service that nobody treats as one.

Give the service below the tier of what depends on it, or depend on it less: with a second one and `redundancy`.
Then this rule is silent.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
state: live
owner: team:operations
depends_on: [service:search]  # <- fault
```

```yaml
# records/services/search.yaml
title: Search
tier: 3
state: live
owner: team:operations
depends_on: [ci:search-app]
```

```yaml
# records/cis/search-app.yaml
title: Search application
class: application
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/services/search.yaml
title: Search
tier: 1
state: live
owner: team:operations
depends_on: [ci:search-app]
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.network import network_of
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each service that a live service of a better tier depends on, with nothing to stand in."""
    network = network_of(snapshot)
    for service in snapshot.of("service"):
        if service.state != "live":
            continue
        for need in network.needs.get(service.address, ()):
            below = network.records[need.target]
            if below.kind.name != "service" or not below.valid or any(group.spare for group in need.groups):
                continue
            tier, lower = service.fields.get("tier"), below.fields.get("tier")
            if isinstance(tier, int) and isinstance(lower, int) and lower > tier:
                message = (
                    f"{need.link.text} is tier {lower}, but this tier {tier} service fails with it; "
                    f"give it tier {tier}, or a second one and redundancy"
                )
                ends = (OtherEnd(below.file, ("tier",), f"is tier {lower}"),)
                yield Fault(service.file, need.link.path, message, others=ends)
