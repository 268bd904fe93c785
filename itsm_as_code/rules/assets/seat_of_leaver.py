"""A seat of a licence that somebody still has who has left.

It is paid for and used by nobody, and the next one who needs a seat is told that there is none.

Take it back, and write so under `returns` of the request that handed it out; that may be added to a closed request.

A block for somebody who has left is told of as `link-to-inactive`, and a seat on their laptop as
`assigned-to-leaver`.

Wrong:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20  # <- fault
```

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A seat of the office suite for Dana
item: catalog-item:office-seat
state: closed
requested_by: person:dana
assignment: {team: team:workplace}
outcome:
  licences: [{licence: licence:office-suite}]
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-04T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
  - {at: 2026-03-11T10:30:00+01:00, by: person:erik, type: transition, to: closed}
```

```yaml
# records/catalog/office-seat.yaml
title: Seat of the office suite
state: active
owner: team:workplace
```

```yaml
# records/people/dana.yaml
name: Dana Fischer
active: false
# records/people/erik.yaml
name: Erik Holm
```

```yaml
# records/teams/workplace.yaml
name: Workplace
```

Right:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20
```

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A seat of the office suite for Dana
item: catalog-item:office-seat
state: closed
requested_by: person:dana
assignment: {team: team:workplace}
outcome:
  licences: [{licence: licence:office-suite}]
returns: [{licence: licence:office-suite, at: 2026-05-29}]
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-04T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
  - {at: 2026-03-11T10:30:00+01:00, by: person:erik, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.seats import seats_in_use
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_SHOWN = 3


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each licence in force of which people who have left have seats by closed requests."""
    in_use = seats_in_use(snapshot)
    leavers = {person.address for person in snapshot.of("person") if person.fields.get("active") is False}
    for licence in snapshot.of("licence"):
        found = [
            seat
            for seat in in_use.get(licence.address, ())
            # A request that is still open names somebody who has left, and is told of for that.
            if seat.holder in leavers and seat.path[0] == "outcome" and snapshot.records[seat.source].is_final
        ]
        if licence.state == "active" and found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            who = ", ".join(f"{seat.holder} ({seat.source})" for seat in found[:_SHOWN])
            message = (
                f"seats of people who have left: {who}{more}; write under returns of the request that it came back"
            )
            ends = tuple(
                OtherEnd(snapshot.records[seat.source].file, seat.path, f"gave {seat.holder} a seat") for seat in found
            )
            yield Fault(licence.file, ("seats" if "seats" in licence.fields else "metric",), message, others=ends)
