"""An incident ended by what a known error says, but it is not said which.

The link shows whose workaround helped, so that others find it, and how often it is needed, so that the cause gets
its priority.

Name the known error in `known_error`, or choose another resolution code.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Delivery messages arrive late
state: resolved
impact: low
urgency: medium
assignment: {team: team:operations}
resolution:
  code: known-error  # <- fault
  notes: Sent them by the second provider.
timeline:
  - {at: 2026-03-04T08:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T09:20:00+01:00, by: person:alice, type: transition, to: resolved}
```

```yaml
# records/known-errors/2026/KE-20260301-aaaa.yaml
title: Message provider is late on Tuesdays
state: published
symptoms: Messages have no delivery report after ten minutes.
workaround: Switch to the second provider.
timeline:
  - {at: 2026-03-01T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-01T09:10:00+01:00, by: person:alice, type: transition, to: published}
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
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Delivery messages arrive late
state: resolved
impact: low
urgency: medium
assignment: {team: team:operations}
known_error: KE-20260301-aaaa
resolution:
  code: known-error
  notes: Sent them by the second provider.
timeline:
  - {at: 2026-03-04T08:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T09:20:00+01:00, by: person:alice, type: transition, to: resolved}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each incident resolved by a known error that names none."""
    for incident in snapshot.of("incident"):
        by_known_error = incident.get("resolution.code") == "known-error"
        if by_known_error and not incident.fields.get("known_error") and not incident.is_history:
            message = "resolved by a known error, but it does not say which; name it in known_error"
            yield Fault(incident.file, ("resolution", "code"), message)
