"""A change that nobody had authorised was found afterwards and closed without a review.

Somebody changed something in operation without a word. That it went well is luck; the review asks why it happened
that way, and what makes the proper way easier next time.

Hold the review and write it down under `pir` before the change is closed.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Web server 1 was updated by hand
type: normal
state: closed  # <- fault
reason: Found in the package log; nobody had asked for it.
cis: [ci:web-01]
result: {code: successful, notes: The update is the one we wanted in May.}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T09:10:00+02:00, by: person:alice, type: transition, to: review}
  - {at: 2026-04-02T09:00:00+02:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
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
title: Web server 1 was updated by hand
type: normal
state: closed
reason: Found in the package log; nobody had asked for it.
cis: [ci:web-01]
result: {code: successful, notes: The update is the one we wanted in May.}
pir:
  held_at: 2026-04-01T14:00:00+02:00
  summary: The vendor has a login of his own and did not know our calendar. He has it now.
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T09:10:00+02:00, by: person:alice, type: transition, to: review}
  - {at: 2026-04-02T09:00:00+02:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import found_afterwards

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each closed change that went from new to review and has no review."""
    for change in snapshot.of("change"):
        lacks_review = change.state == "closed" and not change.fields.get("pir") and not change.is_history
        if lacks_review and found_afterwards(change):
            message = "nobody had authorised it, and it is closed without a review; write one down under pir"
            yield Fault(change.file, ("state",), message)
