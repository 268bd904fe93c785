"""A timeline that does not begin with the one `created` entry.

When a record was opened and by whom is read from its first entry: the age of an incident, its time to resolution
and the service level all count from there. So the first entry is `created`, and it is the only one of this type.

Write `created` as the first entry, with the moment at which the record was opened and who opened it; make a second
one a `note`.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: canceled
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:12:00+01:00, by: person:alice, type: transition, to: canceled}  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: canceled
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:12:00+01:00, by: person:alice, type: transition, to: canceled}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield one fault for each logged record whose timeline does not begin with the only `created` entry."""
    for record in valid_records(snapshot):
        if record.kind.logged:
            yield from _fault(record)


def _fault(record: Record) -> Iterator[Fault]:
    created = [number for number, entry in enumerate(record.timeline) if entry.get("type") == "created"]
    if created == [0]:
        return
    if not record.timeline:
        path: tuple[str | int, ...] = ("timeline",)
        message = "the timeline has no entry; begin it with {at: …, by: …, type: created}"
    elif not created:
        path = ("timeline", 0)
        message = "the timeline does not begin with {at: …, by: …, type: created}; add it as the first entry"
    elif created[0] > 0:
        path = ("timeline", created[0])
        message = "the created entry comes first, since the record begins with it; move it to the top"
    else:
        path = ("timeline", created[1])
        message = "a record is created once, and an entry above says so already; make this one a note, or remove it"
    is_second = len(created) > 1 and path == ("timeline", created[1])
    ends = (OtherEnd(record.file, ("timeline", created[0]), "says that it was created"),) if is_second else ()
    yield Fault(record.file, path, message, others=ends)
