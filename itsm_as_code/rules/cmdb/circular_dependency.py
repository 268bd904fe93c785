"""Records that depend on each other.

It can be true: two services may call one another. More often one of the two links stands for something else. In a
circle every outage reaches everything in it, and nobody can tell what to start first.

The same holds for bundles of the catalogue that include each other: what they are made of has no end.

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
# records/catalog/new-starter.yaml
title: New starter
owner: team:operations
includes: [catalog-item:desk]
```

```yaml
# records/catalog/desk.yaml
title: A desk with all that stands on it
owner: team:operations
includes: [catalog-item:new-starter]  # <- fault
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

```yaml
# records/catalog/desk.yaml
title: A desk with all that stands on it
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.circles import circle_in_words, circles, other_links
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


_TOLD = {"depends_on": "depend on", "includes": "include"}
"""What records in a circle of links of this name do to each other."""


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each circle of `depends_on` links, and of `includes` links, at its first record."""
    ties: dict[str, list[Link]] = {name: [] for name in _TOLD}
    for link in snapshot.graph.links:
        # A free link may bear any name and carries nothing.
        if link.name in ties and link.path[0] != "links" and _is_meant(snapshot, link):
            ties[link.name].append(link)
    for name, links in ties.items():
        for circle in circles(links):
            message = f"these {_TOLD[name]} each other: {circle_in_words(circle)}; check that each link is meant"
            ends = other_links(circle, snapshot.records)
            yield Fault(snapshot.records[circle[0].source].file, circle[0].path, message, others=ends)


def _is_meant(snapshot: Snapshot, link: Link) -> bool:
    """Return whether the link leads to a kind of record that its field takes; one that does not is told for that."""
    return link.target is not None and snapshot.records[link.target].kind.name in (link.field.to or snapshot.kinds)
