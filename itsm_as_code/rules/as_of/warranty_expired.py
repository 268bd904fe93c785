"""The warranty of something that is kept or used has ended.

What breaks from now on is repaired at one's own expense, or not at all. It is better decided now than on the day it
breaks.

Renew the warranty and write the new `end`, have an active support or maintenance contract cover the asset
(`covers`), or plan its replacement and waive this until then.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/assets/LT-0031.yaml
title: Laptop of the depot
class: laptop
state: in-use
assigned_to: person:alice
warranty: {start: 2023-03-01, end: 2026-02-28}  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/assets/LT-0031.yaml
title: Laptop of the depot
class: laptop
state: in-use
assigned_to: person:alice
warranty: {start: 2023-03-01, end: 2026-02-28}
```

```yaml
# records/contracts/laptop-care.yaml
title: Care for old laptops
type: maintenance
state: active
vendor: Fixit AG
term: {start: 2026-03-01, end: 2027-02-28}
covers: [asset:LT-0031]
```
"""

from collections.abc import Iterator
from datetime import date, datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.as_of import day, existed, in_days, today
from itsm_as_code.snapshot.selection import sources
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"

_KEPT = frozenset({"in-stock", "in-use", "in-maintenance"})
_CARE = frozenset({"support", "maintenance"})


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each asset that is kept or used, whose warranty has ended, and that no contract covers."""
    now = today(snapshot, as_of)
    for asset in snapshot.of("asset"):
        end = day(asset.get("warranty.end"))
        if end is None or end >= now or state_at(asset, as_of) not in _KEPT or not existed(asset, as_of):
            continue
        if not any(_cares(contract, now) for contract in sources(snapshot, asset, "covers")):
            since = in_days((now - end).days)
            message = f"the warranty ended {since} ago ({end}); renew it, or plan what takes its place"
            yield Fault(asset.file, ("warranty", "end"), message)


def _cares(contract: Record, now: date) -> bool:
    """Return whether a contract in force is one by which things are repaired."""
    in_force = contract.valid and contract.state == "active" and contract.fields.get("type") in _CARE
    end = day(contract.get("term.end"))
    return in_force and (end is None or end >= now or contract.get("term.renewal") == "automatic")
