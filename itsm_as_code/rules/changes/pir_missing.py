"""A change that needed a look back was closed without one.

An emergency change skipped the usual checks, and one that did not go as planned has something to teach. The
post-implementation review is where that is written down.

Hold the review and fill in `pir` before the change is closed.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the payment gateway
type: emergency
state: closed  # <- fault
reason: Payments fail since three o'clock.
cis: [ci:pay-01]
implementer: person:alice
planned: {start: 2026-04-01T03:20:00+02:00, end: 2026-04-01T03:40:00+02:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
result: {code: successful, notes: Payments work again.}
timeline:
  - {at: 2026-04-01T03:15:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T03:20:00+02:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-04-01T03:35:00+02:00, by: person:alice, type: transition, to: review}
  - {at: 2026-04-02T09:00:00+02:00, by: person:alice, type: transition, to: closed}
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
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the payment gateway
type: emergency
state: closed
reason: Payments fail since three o'clock.
cis: [ci:pay-01]
implementer: person:alice
planned: {start: 2026-04-01T03:20:00+02:00, end: 2026-04-01T03:40:00+02:00}
plans:
  backout:
    - {do: "Nothing to undo: a restart.", minutes: 1}
result: {code: successful, notes: Payments work again.}
pir:
  held_at: 2026-04-01T16:00:00+02:00
  summary: The restart was right; an alarm on the queue would have shown it an hour earlier.
timeline:
  - {at: 2026-04-01T03:15:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T03:20:00+02:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-04-01T03:35:00+02:00, by: person:alice, type: transition, to: review}
  - {at: 2026-04-02T09:00:00+02:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import transitions

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each closed change that asked for a review and has none."""
    for change in snapshot.of("change"):
        if change.state != "closed" or change.fields.get("pir") or change.is_history:
            continue
        why = _why_needed(change)
        if why:
            yield Fault(
                change.file, ("state",), f"{why} is closed without a review; hold it and write it down under pir"
            )


def _why_needed(change: Record) -> str:
    if change.fields.get("type") == "emergency":
        return "an emergency change"
    result = change.get("result.code")
    if result not in (None, "successful"):
        return f"a change that ended {result}"
    first = next(iter(transitions(change)), None)
    return "a change that was found afterwards" if first is not None and first.to == "review" else ""
