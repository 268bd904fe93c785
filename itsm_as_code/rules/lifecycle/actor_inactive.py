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
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.times import parse_date, parse_time
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_ACTORS = ("by", "approved_by")
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_NEVER = datetime.max.replace(tzinfo=UTC)


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for the first entry of a record by each person before the first or after the last day."""
    zone = ZoneInfo(snapshot.config.time_zone)
    for person in snapshot.of("person"):
        first, last = (parse_date(str(person.fields.get(field))) for field in ("from", "until"))
        if first is None and last is None:
            continue
        begin, end = _begin_of(first, zone, _ALWAYS), _begin_of(last, zone, _NEVER, days=1)
        if end < begin:
            # That is told of the person, and says nothing of the entries.
            continue
        told = set()
        for link in snapshot.graph.incoming.get(person.address, ()):
            source = snapshot.records[link.source]
            if link.path[0] != "timeline" or link.path[-1] not in _ACTORS or not source.valid or source.file in told:
                continue
            text = str(source.fields["timeline"][link.path[1]].get("at"))
            at = parse_time(text)
            if at is not None and not begin <= at < end:
                told.add(source.file)
                why = f"began on {first}" if at < begin else f"left on {last}"
                message = f"{link.text} {why}, but the entry is of {text}; correct the entry or the person's dates"
                ends = (OtherEnd(person.file, ("from" if at < begin else "until",), why),)
                yield Fault(source.file, link.path, message, others=ends)


def _begin_of(day: date | None, zone: ZoneInfo, default: datetime, days: int = 0) -> datetime:
    """Return the moment at which the day, or the one some days later, begins; the default where there is none."""
    try:
        return default if day is None else datetime.combine(day + timedelta(days), time(), zone).astimezone(UTC)
    except OverflowError:
        # The first and the last day of the calendar, which begin or end beyond it.
        return default
