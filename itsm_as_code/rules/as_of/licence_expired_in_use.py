"""A licence has ended, and seats of it are in use.

Whoever goes on working with the product has no right to it any more. At the next audit that costs more than the
renewal would have, and the vendor may switch it off any day.

Renew the licence and write the new `term.end`, or take the seats back: give allocations an `until`, list returns on
the requests, and set the licence to `retired`. One that renews itself (`renewal: automatic`) is left alone.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/licences/route-planner.yaml
title: Route planner, 2 seats
state: active
product: Route Planner
metric: user
seats: 2
term: {start: 2025-03-01, end: 2026-02-28, renewal: manual}  # <- fault
allocations:
  - {to: person:alice}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/licences/route-planner.yaml
title: Route planner, 2 seats
state: active
product: Route Planner
metric: user
seats: 2
term: {start: 2025-03-01, end: 2026-02-28, renewal: manual}
allocations:
  - {to: person:alice, until: 2026-02-28}
```
"""

from collections.abc import Iterator
from datetime import datetime

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.as_of import day, existed, in_days, today
from itsm_as_code.snapshot.seats import seats_in_use
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "error"

_NAMED = 3
"""Holders of seats that are named."""


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each active licence whose term has ended, without renewing itself, while seats are in use."""
    now = today(snapshot, as_of)
    in_use = seats_in_use(snapshot, now)
    for licence in snapshot.of("licence"):
        end, seats = day(licence.get("term.end")), in_use.get(licence.address)
        if seats is None or end is None or end >= now or licence.get("term.renewal") == "automatic":
            continue
        if state_at(licence, as_of) == "active" and existed(licence, as_of):
            holders = sorted({seat.holder for seat in seats})
            names = ", ".join(holders[:_NAMED]) + (", …" if len(holders) > _NAMED else "")
            count = sum(seat.seats for seat in seats)
            used, them = ("1 seat is", "it") if count == 1 else (f"{count:,} seats are", "them")
            message = (
                f"ended {in_days((now - end).days)} ago ({end}), but {used} in use ({names}); "
                f"renew the licence, or take {them} back"
            )
            ends = tuple(
                OtherEnd(snapshot.records[seat.source].file, seat.path, f"a seat of {seat.holder}") for seat in seats
            )
            yield Fault(licence.file, ("term", "end"), message, others=ends)
