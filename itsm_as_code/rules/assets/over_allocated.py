"""More seats of a licence are in use than there are.

At the vendor's audit the missing seats are paid for, at list price and with a penalty; until then somebody's product
may stop.

Give seats back that nobody needs, or buy more and raise `seats`. A licence with `over_allocation: error` makes this
an error.

Counted are blocks (`allocations`), assets' `licences`, and what requests handed out and did not get back; for
`device`, `core` and `processor` also what is `installed` on CIs under the licence's `product`. One seat that stands
in several places counts once. What has an `until` is left out here, since it may be over.

Wrong:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20  # <- fault
allocations: [{to: team:depot, seats: 14}, {to: team:office, seats: 7}]
```

```yaml
# records/teams/depot.yaml
name: Depot
```

```yaml
# records/teams/office.yaml
name: Office
```

Right:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 25
allocations: [{to: team:depot, seats: 14}, {to: team:office, seats: 7}]
```
"""

from collections import Counter
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.seat_claims import Seat
from itsm_as_code.snapshot.seats import seats_in_use
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_UNCOUNTED = frozenset({"site", "unlimited"})
_PLACES = {"licence": "set aside in allocations", "asset": "on assets", "request": "by requests", "ci": "installed"}


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each licence in force of which more seats are in use than it has."""
    in_use = seats_in_use(snapshot)
    for licence in snapshot.of("licence"):
        if licence.state != "active" or licence.fields["metric"] in _UNCOUNTED:
            continue
        counted: Counter[str] = Counter()
        for seat in in_use.get(licence.address, ()):
            counted[snapshot.records[seat.source].kind.name] += seat.seats
        if counted.total() > licence.fields["seats"]:
            places = ", ".join(f"{counted[kind]} {words}" for kind, words in _PLACES.items() if counted[kind])
            used = "1 seat is" if counted.total() == 1 else f"{counted.total()} seats are"
            there = f"there {'is' if licence.fields['seats'] == 1 else 'are'} {licence.fields['seats']}"
            message = f"{used} in use ({places}), but {there}; give some back, or buy more"
            is_error = licence.fields.get("over_allocation") == "error"
            seats = in_use.get(licence.address, ())
            ends = tuple(OtherEnd(snapshot.records[seat.source].file, seat.path, _taken(seat)) for seat in seats)
            yield Fault(licence.file, ("seats",), message, severity="error" if is_error else None, others=ends)


def _taken(seat: Seat) -> str:
    return f"{'1 seat' if seat.seats == 1 else f'{seat.seats} seats'} of {seat.holder}"
