"""Records that depend on each other.

It can be true: two services may call one another. More often one of the two links stands for something else. In a
circle every outage reaches everything in it, and nobody can tell what to start first.

Check that each link is meant. Often a smaller part is what is really needed, and naming that part opens the circle.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operations
depends_on: [service:stock]  # <- fault
```

```yaml
# records/services/stock.yaml
title: Stock
tier: 2
owner: team:operations
depends_on: [service:shop]
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/services/stock.yaml
title: Stock
tier: 2
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.circles import circles
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each circle of `depends_on` links, at its first record."""
    # A free link may bear any name and carries nothing.
    links = (link for link in snapshot.graph.links if link.name == "depends_on" and link.path[0] != "links")
    for circle in circles(link for link in links if _is_meant(snapshot, link)):
        way = " → ".join([*(link.source for link in circle), circle[0].source])
        message = f"these depend on each other: {way}; check that each link is meant"
        yield Fault(snapshot.records[circle[0].source].file, circle[0].path, message)


def _is_meant(snapshot: Snapshot, link: Link) -> bool:
    """Return whether the link leads to a kind of record that its field takes; one that does not is told for that."""
    return link.target is not None and snapshot.records[link.target].kind.name in (link.field.to or snapshot.kinds)
