"""A change that needed a look back was closed without one.

An emergency change skipped the usual checks, one of high risk was a matter of luck as well as of care, and one that
did not go as planned has something to teach. The post-implementation review is where that is written down.

Hold the review and fill in `pir` before the change is closed. The risk that counts is the one that the change itself
states in `risk`.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the payment gateway
type: emergency
state: closed  # <- fault
reason: Payments fail since three o'clock.
cis: [ci:pay-01]
fixes: [INC-20260401-k7qz]
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
# records/incidents/2026/INC-20260401-k7qz.yaml
title: Payments fail
impact: high
urgency: high
timeline:
  - {at: 2026-04-01T03:07:00+02:00, by: person:alice, type: created}
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
fixes: [INC-20260401-k7qz]
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

from itsm_as_code.model.config import Config
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import found_afterwards

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each closed change that asked for a review and has none."""
    for change in snapshot.of("change"):
        if change.state != "closed" or change.fields.get("pir") or change.is_history:
            continue
        why = _why_needed(change, snapshot.config)
        if why:
            yield Fault(
                change.file, ("state",), f"{why} is closed without a review; review it and write that down under pir"
            )


def _why_needed(change: Record, config: Config) -> str:
    if change.fields.get("type") == "emergency":
        return "an emergency change"
    result = change.get("result.code")
    if result not in (None, "successful"):
        return f"a change that ended {result}"
    if found_afterwards(change):
        return "a change that was found afterwards"
    return "a change of high risk" if _is_high_risk(change, config) else ""


def _is_high_risk(change: Record, config: Config) -> bool:
    """Return whether the change itself says that its risk is high.

    What it reaches does not count here: that moves on, and a closed change would owe a review for it years later.
    """
    matrix = config.risk.get(str(change.get("risk.impact")), {})
    return "high" in (matrix.get(str(change.get("risk.likelihood"))), change.get("risk.override.level"))
