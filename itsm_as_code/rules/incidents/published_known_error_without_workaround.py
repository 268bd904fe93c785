"""A known error is published and does not say what to do.

Somebody with a broken service finds it, reads it, and knows as little as before. Published means that others may
rely on it.

Write `workaround`, step by step. If there is none yet, leave the record a draft; if all that can be done is to wait,
write that, and for how long.

Wrong:

```yaml
# records/known-errors/2026/KE-20260301-aaaa.yaml
title: Message provider is late on Tuesdays
state: published  # <- fault
symptoms: Messages have no delivery report after ten minutes.
timeline:
  - {at: 2026-03-01T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-01T09:10:00+01:00, by: person:alice, type: transition, to: published}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/known-errors/2026/KE-20260301-aaaa.yaml
title: Message provider is late on Tuesdays
state: published
symptoms: Messages have no delivery report after ten minutes.
workaround: |
  1. Switch to the second provider in the settings of the message service.
  2. Send again what has no delivery report.
timeline:
  - {at: 2026-03-01T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-01T09:10:00+01:00, by: person:alice, type: transition, to: published}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.places import state_key
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_MIN_LETTERS = 3


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each published known error whose workaround is missing or says nothing."""
    for known_error in snapshot.of("known-error"):
        workaround = known_error.fields.get("workaround")
        if known_error.state != "published" or sum(map(str.isalnum, str(workaround or ""))) >= _MIN_LETTERS:
            continue
        message = "it is published, but says nothing of what to do; write the workaround, or move it back to draft"
        place = None if workaround else state_key(known_error)
        yield Fault(known_error.file, ("workaround",), message, place=place)
