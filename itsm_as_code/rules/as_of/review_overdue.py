"""The day has passed on which an accepted risk or a change template was to be looked at again.

A risk is accepted for how things are today, and a change is routine as long as it goes well. Both age, and the day of
the review is what was agreed on.

Look at it. If all is as it was, write the next day in `review_on`; if not, reopen the problem, or retire the template.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/change-templates/restart-gateway.yaml
title: Restart of the payment gateway
state: approved
owner: team:operations
version: 1
defaults: {reason: It hangs.}
review_on: 2026-03-01  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/change-templates/restart-gateway.yaml
title: Restart of the payment gateway
state: approved
owner: team:operations
version: 1
defaults: {reason: It hangs.}
review_on: 2027-03-01
```
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.snapshot.as_of import day, existed, in_days, today
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"

_REVIEWED: Mapping[str, tuple[FieldPath, frozenset[str], str]] = {
    "problem": (("resolution", "review_on"), frozenset({"resolved", "closed"}), "this accepted risk"),
    "change-template": (("review_on",), frozenset({"approved"}), "this template"),
}
"""Kind → the field with the day, the states in which it counts, and what is looked at."""


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each accepted risk and approved change template whose day of review has passed."""
    now = today(snapshot, as_of)
    for kind, (path, states, what) in _REVIEWED.items():
        for record in snapshot.of(kind):
            then = day(record.get(".".join(map(str, path))))
            if then is None or then >= now or record.is_history or not existed(record, as_of):
                continue
            if state_at(record, as_of) in states:
                days = in_days((now - then).days)
                message = f"{what} was to be looked at again {days} ago ({then}); do so, and write the next day"
                yield Fault(record.file, path, message)
