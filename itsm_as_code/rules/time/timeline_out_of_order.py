"""Timeline entries that are not in the order in which they were written.

A timeline is read from top to bottom, by people and by everything that derives durations from it. An entry that
tells of an earlier moment than the one above it is a mistyped time, or was put in the wrong place.

Correct the time, or move the entry. Something that is written down later on purpose goes to the end and says when:
`recorded_at`.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:40:00+01:00, by: person:alice, type: acknowledged}
  - {at: 2026-03-04T03:10:00+01:00, by: person:alice, type: note, text: Customers call.}  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:40:00+01:00, by: person:alice, type: acknowledged}
  - at: 2026-03-04T03:10:00+01:00
    recorded_at: 2026-03-04T03:45:00+01:00
    by: person:alice
    type: note
    text: Customers call.
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each entry that was written before the one above it; files of their own have no order."""
    for record in valid_records(snapshot):
        latest, latest_text = None, ""
        latest_path: tuple[str | int, ...] = ()
        for position, entry in enumerate(record.timeline):
            if position in record.entry_files:
                continue
            field = "recorded_at" if "recorded_at" in entry else "at"
            text = str(entry.get(field))
            written = parse_time(text)
            if written is None:
                continue
            if latest is not None and written < latest:
                advice = "correct the time, move the entry up, or say when it was written down with recorded_at"
                message = f"{text} is before an entry above it ({latest_text}); {advice}"
                ends = (OtherEnd(record.file, latest_path, "the entry above it"),)
                yield Fault(record.file, ("timeline", position, field), message, others=ends)
            else:
                latest, latest_text, latest_path = written, text, ("timeline", position, field)
