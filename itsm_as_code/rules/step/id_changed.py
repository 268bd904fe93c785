"""A record has another id than before.

Whoever knows the old id finds nothing: links in mails, tickets of other systems, commits and notes. The id of an
incident, a change or another record of what happened never changes. A machine, a service or a person may be given a
better one, if the old one stays in `aliases`, so that whatever names it still leads there.

Give the record back its old id, or keep that as an alias: `itsm renumber` does it, and every link follows. A record
that is gone is taken for one that is new where kind and title are the same, and half of the fields.

Wrong:

Before:

```yaml
# records/cis/web-01.yaml
title: Web server of the shop
class: server
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

After:

```yaml
# records/cis/web-01.yaml (deleted)
```

```yaml
# records/cis/shop-web-01.yaml
title: Web server of the shop  # <- fault
class: server
state: operational
owner: team:operations
```

Right:

After:

```yaml
# records/cis/web-01.yaml (deleted)
```

```yaml
# records/cis/shop-web-01.yaml
title: Web server of the shop
class: server
state: operational
owner: team:operations
aliases: [web-01]
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.step import Step

SEVERITY = "error"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each record with a new id that does not keep the old one as an alias."""
    for old_address, new_address in step.renumbered.items():
        old, new = step.base.records[old_address], step.head.records[new_address]
        if new.kind.logged:
            message = f"{old_address} is {new_address} now, and others know it by its old id; give it that back"
        elif old.id.lower() not in (name.lower() for name in new.strings("aliases")):
            message = f"{old_address} is {new_address} now; add {old.id} to its aliases, or give it its old id back"
        else:
            continue
        yield Fault(new.file, (), message)
