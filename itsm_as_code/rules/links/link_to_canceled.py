"""A live record links to a canceled one.

What was canceled never happens or never was: an incident that waits for a canceled change waits for ever.

Name the record that took its place, or delete the link. Records in a final state, timelines and free `links` are
left alone: the link was right when it was written.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-07}  # <- fault
```

```yaml
# records/cis/host-07.yaml
title: Host 7
class: hypervisor
state: canceled
owner: team:operations
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
class: server
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-08}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_SAY_WHAT_WAS = frozenset({"timeline", "links"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each link of a live record, to a canceled one."""
    for canceled in valid_records(snapshot):
        if canceled.state != "canceled":
            continue
        for link in snapshot.graph.incoming.get(canceled.address, ()):
            source = snapshot.records[link.source]
            if link.path[0] not in _SAY_WHAT_WAS and not source.is_final:
                message = f"{link.text} is canceled; name the record that took its place, or delete the link"
                ends = (OtherEnd(canceled.file, ("state",), "is canceled"),)
                yield Fault(source.file, link.path, message, others=ends)
