"""A field is missing that the record's state needs.

A change that is scheduled needs somebody who does it, an incident that is resolved needs a word on how. Earlier
states do not ask for it, so a record can be begun with little.

Fill in the field that the message names, or move the record back. Records imported as history are exempt.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: in-progress  # <- fault
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:12:00+01:00, by: person:alice, type: transition, to: in-progress}
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
title: Checkout returns errors
state: in-progress
impact: high
urgency: high
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:12:00+01:00, by: person:alice, type: transition, to: in-progress}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.places import state_key
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each field that the state of a record needs and the record lacks."""
    for record in valid_records(snapshot):
        state = record.lifecycle_state
        if state is None or not state.needs or record.is_history:
            continue
        for field in state.needs:
            if record.get(field) in (None, "", [], {}):
                message = f"{with_article(record.kind.name)} in state {state.name} needs {field}; add it"
                yield Fault(record.file, tuple(field.split(".")), message, place=state_key(record))
