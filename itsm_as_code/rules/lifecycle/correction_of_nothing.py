"""A correction of an entry that is not there.

Entries of a timeline are not edited; a `correction` says which of them was wrong. One that names a time at which
nothing happened puts nothing right: whoever reads the timeline believes the wrong entry still, and an `exception` that
was to be withdrawn goes on waiving.

Write in `of` the `at` of the entry that was wrong. The offset may differ, the moment may not.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:alice
timeline:
  - {at: 2026-03-02T09:00:00+01:00, by: person:alice, type: note, text: The second line was ordered.}
  - at: 2026-03-03T08:30:00+01:00
    by: person:alice
    type: correction
    of: 2026-03-02T19:00:00+01:00  # <- fault
    reason: It was the third line.
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:alice
timeline:
  - {at: 2026-03-02T09:00:00+01:00, by: person:alice, type: note, text: The second line was ordered.}
  - at: 2026-03-03T08:30:00+01:00
    by: person:alice
    type: correction
    of: 2026-03-02T09:00:00+01:00
    reason: It was the third line.
```
"""

from collections import Counter
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each correction whose `of` is the time of no other entry of its timeline."""
    for record in valid_records(snapshot):
        if any(entry.get("type") == "correction" for entry in record.timeline) and not record.is_history:
            yield from _faults(record)


def _faults(record: Record) -> Iterator[Fault]:
    moments = Counter(parse_time(str(entry.get("at"))) for entry in record.timeline)
    for number, entry in enumerate(record.timeline):
        if entry.get("type") != "correction":
            continue
        moment, own = parse_time(str(entry.get("of"))), parse_time(str(entry.get("at")))
        # A correction does not put itself right.
        if moments[moment] <= (moment == own):
            message = f"no entry was made at {entry.get('of')}; write the at of the entry that this puts right"
            yield Fault(record.file, ("timeline", number, "of"), message)
