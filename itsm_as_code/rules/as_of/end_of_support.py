"""Something in use is no longer supported by its maker, or soon will not be.

From that day on nobody mends what is found to be wrong with it, holes in its security first of all. Replacing it takes
time, so it is told 90 days ahead.

Upgrade or replace it. If it must run on, have that agreed and waive this until it is gone.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/cis/db-01.yaml
title: Database server 1
class: server
state: operational
owner: team:operations
end_of_support: 2026-05-31  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/db-01.yaml
title: Database server 1
class: server
state: operational
owner: team:operations
end_of_support: 2029-05-31
```
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.as_of import day, days_before, existed, in_days, today
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"

_IN_USE = frozenset({"operational", "maintenance", "retiring"})
_LEAD = timedelta(days=90)
"""How long ahead the end is told."""


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each CI in use whose support has ended or ends soon."""
    now = today(snapshot, as_of)
    for ci in snapshot.of("ci"):
        end = day(ci.fields.get("end_of_support"))
        if end is None or now < days_before(end, _LEAD) or state_at(ci, as_of) not in _IN_USE:
            continue
        if existed(ci, as_of):
            days = (end - now).days
            when = f"ends in {in_days(days)}" if days > 0 else f"ended {in_days(-days)} ago" if days else "ends today"
            yield Fault(ci.file, ("end_of_support",), f"its support {when} ({end}); upgrade or replace it")
