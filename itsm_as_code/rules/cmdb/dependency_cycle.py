"""CIs that run on, stand in or are powered by each other.

A virtual machine cannot run on a host that runs on the virtual machine. In such a circle the impact of an outage is
everything or nothing, and the order of a restart cannot be worked out.

Delete or correct the relation that is wrong; the message shows the circle.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: vm
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:web-02}  # <- fault
```

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: hypervisor
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:web-01}
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
```
"""

from collections import defaultdict
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.link import Link
from itsm_as_code.snapshot.circles import circle_in_words, circles, other_links
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

# One by one: a power supply may be part of the server that it powers.
_RELATIONS = ("runs_on", "hosted_on", "part_of", "powered_by")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each circle of one of these relations, at its first record."""
    by_name = defaultdict[str, list[Link]](list)
    for link in snapshot.graph.links:
        if link.path[0] == "relations" and link.name in _RELATIONS:
            by_name[link.name].append(link)
    for name, links in by_name.items():
        for circle in circles(links):
            message = f"a circle of {name}: {circle_in_words(circle)}; delete or correct the relation that is wrong"
            ends = other_links(circle, snapshot.records)
            yield Fault(snapshot.records[circle[0].source].file, circle[0].path, message, others=ends)
