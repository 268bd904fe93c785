"""An action that a review decided on is overdue.

The review of an incident or change is worth what comes of it. Actions that nobody asks for are not done, and the same
thing happens again.

Do it and set its `state` to `done`. If it will not be done, say so: `canceled`. If it takes longer, agree on another
day in `due`.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/changes/2026/CHG-20260201-aaaa.yaml
title: Restart the payment gateway
type: normal
state: review
reason: Payments fail since three o'clock.
cis: [ci:pay-01]
implementer: person:alice
planned: {start: 2026-02-01T03:20:00+01:00, end: 2026-02-01T03:40:00+01:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
result: {code: successful-with-issues, notes: Payments work again after the second attempt.}
pir:
  held_at: 2026-02-03T16:00:00+01:00
  summary: The first restart failed, since the disk was full.
  actions:
    - {id: a1, title: Watch the disk of the gateway, owner: person:alice, due: 2026-02-28}  # <- fault
timeline:
  - {at: 2026-02-01T03:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-02-01T03:15:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-02-01T03:20:00+01:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-02-01T03:35:00+01:00, by: person:alice, type: transition, to: review}
```

```yaml
# records/cis/pay-01.yaml
title: Payment gateway 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/changes/2026/CHG-20260201-aaaa.yaml
title: Restart the payment gateway
type: normal
state: review
reason: Payments fail since three o'clock.
cis: [ci:pay-01]
implementer: person:alice
planned: {start: 2026-02-01T03:20:00+01:00, end: 2026-02-01T03:40:00+01:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
result: {code: successful-with-issues, notes: Payments work again after the second attempt.}
pir:
  held_at: 2026-02-03T16:00:00+01:00
  summary: The first restart failed, since the disk was full.
  actions:
    - {id: a1, title: Watch the disk of the gateway, owner: person:alice, due: 2026-02-28, state: done}
timeline:
  - {at: 2026-02-01T03:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-02-01T03:15:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-02-01T03:20:00+01:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-02-01T03:35:00+01:00, by: person:alice, type: transition, to: review}
```
"""

from collections.abc import Iterator
from datetime import date, datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.as_of import day, existed, in_days, today
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_REVIEWS = ("review", "pir")
_SETTLED = frozenset({"done", "canceled"})


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each action of a review held by then that was due before today and is not settled."""
    now = today(snapshot, as_of)
    for record in valid_records(snapshot):
        for field in _REVIEWS:
            review = record.fields.get(field)
            if isinstance(review, dict) and existed(record, as_of) and not record.is_history:
                held = parse_time(str(review.get("held_at")))
                if held is not None and held <= as_of:
                    yield from _overdue(record, field, now)


def _overdue(record: Record, field: str, now: date) -> Iterator[Fault]:
    for position, action in enumerate(record.get(f"{field}.actions") or ()):
        due = day(action.get("due"))
        if due is not None and due < now and action.get("state") not in _SETTLED:
            message = f"this action was due {in_days((now - due).days)} ago ({due}); see it done, or settle its state"
            yield Fault(record.file, (field, "actions", position, "due"), message)
