"""A record is resolved as a duplicate, but not of what.

"Duplicate" answers the reporter's question only together with the other record: there the work goes on.

Name the other record in `duplicate_of`, or choose another resolution code.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-bbbb.yaml
title: Payments time out
state: resolved
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: duplicate, notes: Same fault as the checkout errors.}  # <- fault
timeline:
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: resolved}
```

```yaml
# records/incidents/2026/INC-20260304-aaaa.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
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
# records/incidents/2026/INC-20260304-bbbb.yaml
title: Payments time out
state: resolved
impact: high
urgency: high
assignment: {team: team:operations}
duplicate_of: INC-20260304-aaaa
resolution: {code: duplicate, notes: Same fault as the checkout errors.}
timeline:
  - {at: 2026-03-04T03:09:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:15:00+01:00, by: person:alice, type: transition, to: resolved}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each record resolved as a duplicate that names no original."""
    for record in valid_records(snapshot):
        if record.get("resolution.code") != "duplicate" or record.fields.get("duplicate_of") or record.is_history:
            continue
        message = "resolved as a duplicate, but not of what; name the other record in duplicate_of"
        yield Fault(record.file, ("resolution", "code"), message)
