"""A licence or contract must be renewed, or given notice of, soon.

Whoever forgets the day pays for another year of what nobody wants, or has nothing when everybody needs it.

What ends unless somebody renews it (`renewal: manual`, or nothing is written) is told from `notice` before its end on,
or 30 days before where no notice is written. What goes on by itself (`renewal: automatic`) is told in the 30 days
before the last day on which notice can be given, and again once it went on: until the new `end` is written, nobody
knows when notice can be given next. Renew it and write the new `end`, or give notice and write `renewal: none`.

Wrong:

As of: 2026-03-10T09:00:00+01:00

```yaml
# records/contracts/storage-support.yaml
title: Support of the storage
type: support
state: active
vendor: Diskworks GmbH
term: {start: 2025-04-01, end: 2026-06-30, renewal: automatic, notice: P90D}  # <- fault
```

```yaml
# records/licences/route-planner.yaml
title: Route planner, 20 seats
state: active
product: Route Planner
metric: user
seats: 20
term: {start: 2025-04-01, end: 2026-03-31, renewal: manual, notice: P60D}  # <- fault
```

Right:

```yaml
# records/contracts/storage-support.yaml
title: Support of the storage
type: support
state: active
vendor: Diskworks GmbH
term: {start: 2025-04-01, end: 2026-06-30, renewal: none}
```

```yaml
# records/licences/route-planner.yaml
title: Route planner, 20 seats
state: active
product: Route Planner
metric: user
seats: 20
term: {start: 2025-04-01, end: 2027-03-31, renewal: manual, notice: P60D}
```
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_duration
from itsm_as_code.snapshot.as_of import day, days_before, existed, in_days, today
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import state_at

SEVERITY = "warning"

_LEAD = timedelta(days=30)
"""How long ahead a last day is told, where the record says nothing else."""


def check(snapshot: Snapshot, as_of: datetime) -> Iterator[Fault]:
    """Yield a fault for each active licence or contract for whose renewal or notice it is time."""
    now = today(snapshot, as_of)
    for kind in ("licence", "contract"):
        for record in snapshot.of(kind):
            if state_at(record, as_of) == "active" and existed(record, as_of):
                message = _due(record, now)
                if message:
                    yield Fault(record.file, ("term", "end"), message)


def _due(record: Record, now: date) -> str:
    """Return what is to be done now, or nothing."""
    end, renewal = day(record.get("term.end")), record.get("term.renewal")
    notice = parse_duration(str(record.get("term.notice")))
    if end is None or renewal == "none":
        return ""
    if renewal == "automatic":
        return _goes_on(end, notice, now)
    if now <= end and now >= days_before(end, _LEAD if notice is None else notice):
        return f"ends {_when(end, now)} unless it is renewed; renew it, or write renewal: none"
    return ""


def _goes_on(end: date, notice: timedelta | None, now: date) -> str:
    """Return what is to be done now with what renews itself; nothing where no notice has to be given in time."""
    if notice is None:
        return ""
    if now > end:
        return f"went on by itself after {end}; write the new end, by which the next notice is reckoned"
    last = days_before(end, notice)
    if days_before(last, _LEAD) <= now <= last:
        return f"goes on by itself after {end}; the last day to give notice is {_when(last, now)}"
    return ""


def _when(then: date, now: date) -> str:
    return f"today ({then})" if then == now else f"in {in_days((then - now).days)} ({then})"
