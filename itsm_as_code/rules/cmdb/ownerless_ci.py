"""A CI that nobody owns.

When it fails at night, nobody knows whom to call; when it is to be replaced, nobody decides. It is the commonest gap
in a CMDB and the first question in an outage.

Name a team (or a person) as its `owner`.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1  # <- fault
class: server
state: operational
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
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live CI without an owner."""
    for ci in snapshot.of("ci"):
        if not ci.is_final and not ci.fields.get("owner"):
            yield Fault(ci.file, ("owner",), "nobody owns this CI; name a team or a person as its owner")
