"""Records that are each other's parents.

A parent stands for its children: updates and the resolution come from it. In a circle everybody waits for somebody
else.

Decide which record is the parent of all, and delete its `parent`.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-aaaa.yaml
title: Checkout returns errors
impact: high
urgency: high
parent: INC-20260304-bbbb  # <- fault
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/incidents/2026/INC-20260304-bbbb.yaml
title: Payments time out
impact: high
urgency: high
parent: INC-20260304-aaaa
timeline:
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-aaaa.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.circles import circle_in_words, circles, other_links
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each circle of `parent` links, at its first record."""
    for circle in circles(link for link in snapshot.graph.links if link.path == ("parent",)):
        way = circle_in_words(circle)
        message = f"these are each other's parents: {way}; delete the parent of the one that stands for all"
        ends = other_links(circle, snapshot.records)
        yield Fault(snapshot.records[circle[0].source].file, circle[0].path, message, others=ends)
