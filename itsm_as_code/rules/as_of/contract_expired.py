"""A contract is active, but its end has passed.

Who calls the supplier learns on the hotline that nobody is there for them any more, mostly in the night in which they
are needed.

Renew it and write the new `term.end`, or set it to `canceled` and look for what took its place. A contract that goes
on by itself (`renewal: automatic`) is left alone.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/contracts/storage-support.yaml
title: Support of the storage
type: support
state: active
vendor: Diskworks GmbH
term: {start: 2025-03-01, end: 2026-02-28, renewal: manual}  # <- fault
```

Right:

```yaml
# records/contracts/storage-support.yaml
title: Support of the storage
type: support
state: active
vendor: Diskworks GmbH
term: {start: 2025-03-01, end: 2027-02-28, renewal: manual}
```
"""

from collections.abc import Iterator
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.as_of import day, existed, in_days, today
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "error"


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each active contract whose last day has passed and that does not renew itself."""
    now = today(snapshot, as_of)
    for contract in snapshot.of("contract"):
        end = day(contract.get("term.end"))
        if end is None or end >= now or contract.get("term.renewal") == "automatic":
            continue
        if state_at(contract, as_of) == "active" and existed(contract, as_of):
            message = f"the contract ended {in_days((now - end).days)} ago ({end}); renew it, or set it to canceled"
            yield Fault(contract.file, ("term", "end"), message)
