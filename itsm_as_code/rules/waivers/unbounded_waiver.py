"""A waiver without an end.

An exception is made for a reason that holds for a time: until the part is delivered, until the migration is done. One
without an end stays when the reason is long gone, and nobody is asked again. So it waives nothing: what its rule finds
is told as if it were not there.

Write in `until` when it ends; it may be renewed by another entry. One that is not needed any more is withdrawn by a
`correction`.

Wrong:

```yaml
# records/assets/LT-0031.yaml
title: Laptop of the depot
class: laptop
state: in-stock
warranty: {end: 2026-02-28}
timeline:
  - at: 2026-03-02T09:00:00+01:00  # <- fault
    by: person:alice
    type: exception
    rule: warranty-expired
    reason: Kept as a spare until the new ones are delivered.
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
state: in-stock
warranty: {end: 2026-02-28}
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:alice
    type: exception
    rule: warranty-expired
    reason: Kept as a spare until the new ones are delivered.
    until: 2026-05-31T00:00:00+02:00
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.waivers import waivers

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each exception that says no end."""
    for record in valid_records(snapshot):
        for waiver in waivers(record):
            if not waiver.until and not record.is_history:
                message = (
                    f"this waiver of {waiver.rule} has no end, so it waives nothing; add until, the time when it ends"
                )
                yield Fault(record.file, ("timeline", waiver.position, "until"), message)
