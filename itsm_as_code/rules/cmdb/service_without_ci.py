"""A service in use that depends on nothing.

Something runs it. While nobody writes what, an outage of a server does not show that the service is hit, and a
change does not show that it is at risk.

List what it needs under `depends_on`: its machines and applications, other services, or one CI of the class
`managed-service` where somebody else runs it. While no other service says what it depends on either, the rule is
silent: a status page alone needs no map.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
state: live
owner: team:operations
depends_on: [service:payments]
```

```yaml
# records/services/payments.yaml
title: Payments  # <- fault
tier: 1
state: live
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/services/payments.yaml
title: Payments
tier: 1
state: live
owner: team:operations
depends_on: [ci:payment-gateway]
```

```yaml
# records/cis/payment-gateway.yaml
title: Payment gateway
class: managed-service
state: operational
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live service that depends on nothing, where others say what they depend on."""
    services = snapshot.of("service")
    if not any(service.strings("depends_on") for service in services):
        return
    for service in services:
        if service.state == "live" and not service.strings("depends_on"):
            message = "this service is live and depends on nothing; list what it needs under depends_on"
            yield Fault(service.file, ("depends_on",), message)
