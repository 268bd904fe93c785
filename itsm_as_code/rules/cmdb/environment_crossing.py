"""Something in production needs something that is there for trials.

A test machine is restarted, refilled and broken on purpose, and nobody is called when it fails. What production
needs of it fails with it.

Link to the part of production that is meant, or correct the `environment` of the one that is wrong.

Looked at is what carries a failure: `depends_on` of services, and relations such as `runs_on` or `part_of`. An
`environment` named `production` or `prod` is production; `test`, `staging`, `development`, `qa` and the like are
there for trials; other names, and CIs without an environment, are left alone. A service is in production where some
CI it depends on is.

Wrong:

```yaml
# records/cis/shop-app.yaml
title: Application of the shop
class: application
state: operational
environment: production
owner: team:operations
relations:
  - {type: depends_on, to: ci:orders-db-test}  # <- fault
```

```yaml
# records/cis/orders-db-test.yaml
title: Database of the orders, for tests
class: database
state: operational
environment: test
owner: team:operations
```

```yaml
# records/cis/orders-db.yaml
title: Database of the orders
class: database
state: operational
environment: production
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/shop-app.yaml
title: Application of the shop
class: application
state: operational
environment: production
owner: team:operations
relations:
  - {type: depends_on, to: ci:orders-db}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_PRODUCTION = frozenset({"production", "prod"})
_TRIAL = frozenset(
    {
        "acceptance", "demo", "dev", "development", "integration", "lab", "pre-production", "preprod", "preproduction",
        "qa", "sandbox", "stage", "staging", "test", "testing", "training", "uat",
    }
)  # fmt: skip


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each need of something in production that something for trials meets."""
    network = network_of(snapshot)
    for address, needs in network.needs.items():
        source = network.records[address]
        if not _is_production(source, network):
            continue
        for need in needs:
            environment = _environment(network.records[need.target])
            if environment in _TRIAL:
                # In a group the one that is needed states the relation.
                if need.link.source == need.target:
                    words = f"{address} is in production and needs this, whose environment is {environment}"
                else:
                    words = f"this is in production and needs {need.link.text}, whose environment is {environment}"
                message = f"{words}; link to what is meant, or correct the environment"
                ends = (OtherEnd(network.records[need.target].file, ("environment",), f"is {environment}"),)
                yield Fault(snapshot.records[need.link.source].file, need.link.path, message, others=ends)


def _is_production(record: Record, network: Network) -> bool:
    if record.kind.name == "ci":
        return _environment(record) in _PRODUCTION
    needs = network.needs.get(record.address, ())
    return any(_environment(network.records[need.target]) in _PRODUCTION for need in needs)


def _environment(record: Record) -> str:
    return str(record.fields.get("environment", "")) if record.kind.name == "ci" else ""
