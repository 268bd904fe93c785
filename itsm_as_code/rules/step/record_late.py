"""A timeline entry was written down long after it happened, and does not say so.

How fast an incident was taken up, and how often users were told, is read from the timeline. An entry that is written
the next morning may be right to the minute, but it is a memory and no record made at the time, and whoever reads it
should know.

Write things down as they happen. Where that was not possible, say in `recorded_at` when the entry was written, if that
was more than an hour later; commands do so by themselves. An entry that is dated after its commit has not happened.
Of each record the first such entry is named. Nothing is said of history that was imported, nor of what a record brings
along that comes from another system.

Wrong:

Before:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
emails: [alice@example.org]
```

After, committed by alice@example.org at 2026-03-04T08:30:00+01:00:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:alice, type: acknowledged}  # <- fault
```

Right:

After, committed by alice@example.org at 2026-03-04T08:30:00+01:00:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, recorded_at: 2026-03-04T08:25:00+01:00, by: person:alice, type: acknowledged}
```
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.late import is_early, is_late
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.additions import added_entries
from itsm_as_code.snapshot.authors import Authors
from itsm_as_code.snapshot.step import Step

SEVERITY = "warning"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for the first new entry of each record that was committed late, or before it happened."""
    if not step.commits:
        return
    authors, known = Authors(step), step.base.records
    for record, positions in added_entries(step):
        if record.is_history or (record.address not in known and record.mappings("external")):
            continue
        for position in positions:
            written = [commit.authored_at for commit in authors.commits(record, position)]
            fault = _fault(record, position, written) if written else None
            if fault is not None:
                yield fault
                break


def _fault(record: Record, position: int, written: Sequence[datetime]) -> Fault | None:
    """Return what is wrong with the times of an entry that one of the commits brought; None if nothing is."""
    entry = record.timeline[position]
    for field in ("at", "recorded_at"):
        path: tuple[str | int, ...] = ("timeline", position, field)
        moment = parse_time(str(entry.get(field)))
        if moment is None:
            continue
        after = [commit for commit in written if not is_early(moment, commit)]
        if not after:
            message = f"{entry[field]} is after {_text(max(written))}, when it was committed; correct the time"
            return Fault(record.file, path, message)
        if field == "at" and "recorded_at" not in entry and is_late(moment, min(after)):
            at = _text(min(after))
            message = f"{entry['at']} is long before {at}, when it was committed; add recorded_at: {at}"
            return Fault(record.file, path, message)
    return None


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
