"""A timeline entry was made by somebody who was not there at the time.

The timeline says who did what when, and others rely on it. An entry in the name of somebody who had left, or had not
begun, was made by somebody else, or at another time, or the person's dates are wrong.

Correct the person's `from` or `until`, or the entry; on the main branch add a `correction`. The first and the last
day count as days in the company, in the organisation's time zone. Entries are judged by their own time, so what
somebody did stays right when they leave.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:bruno, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:alice, type: note, text: It is the database.}  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
active: false
until: 2026-02-28
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:bruno, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:bruno, type: note, text: It is the database.}
```
"""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_date, parse_time
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_ACTORS = ("by", "approved_by")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each entry by a person before the first or after the last day, once a record and person."""
    zone = ZoneInfo(snapshot.config.time_zone)
    for person in snapshot.of("person"):
        first, last = (parse_date(str(person.fields.get(field))) for field in ("from", "until"))
        if first is None and last is None:
            continue
        told = set()
        for link in snapshot.graph.incoming.get(person.address, ()):
            source = snapshot.records[link.source]
            if link.path[0] != "timeline" or link.path[-1] not in _ACTORS or not source.valid or source.file in told:
                continue
            day = _day(source, link, zone)
            why = _why_not_there(day, first, last)
            if why:
                told.add(source.file)
                yield Fault(source.file, link.path, f"{link.text} {why}; correct the entry or the person's dates")


def _day(record: Record, link: Link, zone: ZoneInfo) -> date | None:
    """Return the day of the entry in which the link stands, as the organisation's calendar counts it."""
    at = parse_time(str(record.fields["timeline"][link.path[1]].get("at")))
    try:
        return at.astimezone(zone).date() if at is not None else None
    except OverflowError:
        # The first or last hours of the calendar, which the zone has no day for.
        return None


def _why_not_there(day: date | None, first: date | None, last: date | None) -> str:
    if day is None:
        return ""
    if last is not None and day > last:
        return f"left on {last}, but the entry is of {day}"
    return f"began on {first}, but the entry is of {day}" if first is not None and day < first else ""
