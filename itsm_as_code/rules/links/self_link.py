"""A record that links to itself.

Nothing depends on itself, is its own parent or manages itself; mostly the id of another record was meant.

Name the other record, or delete the link.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: person:alice  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

# A person may write in the own timeline and own the own record.
_ALLOWED = frozenset({"timeline", "owner"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each link whose target is its source."""
    for link in snapshot.graph.links:
        if link.target == link.source and link.path[0] not in _ALLOWED:
            message = f"{link.text} is this record itself; name the other one, or delete the link"
            yield Fault(snapshot.records[link.source].file, link.path, message)
