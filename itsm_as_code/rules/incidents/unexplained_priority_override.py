"""A priority is overridden without a reason.

The priority follows from impact and urgency by the organisation's matrix. Whoever overrides it moves this record in
front of others, or behind them, and the people who wait may ask why.

Write the reason, or delete the override and correct the impact or urgency instead.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Printer on floor 3 is offline
impact: low
urgency: low
priority_override:
  value: 1
  reason: "-"  # <- fault
timeline:
  - {at: 2026-03-04T09:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Printer on floor 3 is offline
impact: low
urgency: low
priority_override:
  value: 1
  reason: Prints the ballots for the vote at noon.
timeline:
  - {at: 2026-03-04T09:07:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_MIN_LETTERS = 3


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each priority override whose reason is missing or says nothing."""
    for record in valid_records(snapshot):
        override = record.fields.get("priority_override")
        if not isinstance(override, dict):
            continue
        reason = override.get("reason")
        if not isinstance(reason, str) or sum(map(str.isalnum, reason)) < _MIN_LETTERS:
            message = "the priority is overridden without a reason; say why, or delete priority_override"
            yield Fault(record.file, ("priority_override", "reason"), message)
