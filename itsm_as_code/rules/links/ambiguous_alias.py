"""Two records of one kind go by the same other name.

A link by that name leads to one of them, and to which one nobody can see.

Delete the alias from all records but one. A record's id in another case counts as its name, too.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: vm
state: operational
owner: team:operations
aliases: [www]
```

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: vm
state: operational
owner: team:operations
aliases: [WWW]  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: vm
state: operational
owner: team:operations
aliases: [www-standby]
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each alias that is another record's id or was its alias first, without regard to case."""
    holders = {(record.kind.name, record.id.lower()): record for record in valid_records(snapshot)}
    for record in valid_records(snapshot):
        for position, alias in enumerate(record.strings("aliases")):
            holder = holders.setdefault((record.kind.name, alias.lower()), record)
            if holder is not record:
                message = f"{alias} is {holder.address}, too; delete the alias from one of the two"
                ends = (OtherEnd(holder.file, _path(holder, alias), "goes by this name, too"),)
                yield Fault(record.file, ("aliases", position), message, others=ends)


def _path(holder: Record, alias: str) -> FieldPath:
    """Return where the holder of a name writes it; it is the id of one that does not."""
    names = [name.lower() for name in holder.strings("aliases")]
    return ("aliases", names.index(alias.lower())) if alias.lower() in names else ()
