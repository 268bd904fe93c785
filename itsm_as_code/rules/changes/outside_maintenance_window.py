"""A change is planned outside the maintenance window of a configuration item.

The window was agreed with those who use it: then it may be worked on, and at no other time. Backups and batch runs
are laid around it.

Plan the change within the `maintenance_window` of each of its `cis`, or agree on another window and change that. Its
hours are those of its own time zone, else of the organisation's; an `end` that is not after `start` is on the next
day. An emergency cannot wait for the window, and changes that were carried out are left alone.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]  # <- fault
planned: {start: 2026-04-04T20:00:00Z, end: 2026-04-05T02:00:00Z}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```

```yaml
# records/cis/db-01.yaml
title: Database server 1
class: server
state: operational
owner: team:operations
maintenance_window: {days: [sat], start: "22:00", end: "03:00", time_zone: Europe/Zurich}
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
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move the database to new storage
type: normal
reason: The old storage is full in May.
cis: [ci:db-01]
planned: {start: 2026-04-04T20:00:00Z, end: 2026-04-05T01:00:00Z}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itsm_as_code.model.calendar import DAYS, MINUTES_A_DAY, Calendar
from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.reading.calendars import is_zone
from itsm_as_code.snapshot.derive import planned_window
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each CI of a change, not carried out yet, in whose window the planned one does not lie."""
    for ci in snapshot.of("ci"):
        calendar = _calendar(ci, snapshot.config.time_zone)
        if calendar is None:
            continue
        for link in snapshot.graph.incoming.get(ci.address, ()):
            change = snapshot.records[link.source]
            if change.kind.name != "change" or link.path[0] != "cis" or not _must_keep_to_it(change):
                continue
            window = planned_window(change)
            if window is not None and not calendar.covers(*window):
                message = (
                    f"planned outside the maintenance window of {link.text}, {_words(ci, calendar)}; plan it within"
                )
                ends = (OtherEnd(ci.file, ("maintenance_window",), "its maintenance window"),)
                yield Fault(change.file, link.path, message, others=ends)


def _must_keep_to_it(change: Record) -> bool:
    over = change.is_final or change.state == "review"
    return change.valid and not over and change.fields.get("type") != "emergency"


def _calendar(ci: Record, zone: str) -> Calendar | None:
    """Return the CI's maintenance window as a calendar; None where it has none, or an unknown time zone."""
    window = ci.fields.get("maintenance_window")
    if not isinstance(window, dict):
        return None
    zone = window.get("time_zone", zone)
    start, end = _minutes(window["start"]), _minutes(window["end"])
    hours: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for day in map(DAYS.index, window["days"]):
        hours[day].append((start, end if start < end else MINUTES_A_DAY))
        if end <= start and end:
            hours[(day + 1) % len(DAYS)].append((0, end))
    return Calendar(zone, {day: _joined(spans) for day, spans in hours.items()}, {}) if is_zone(zone) else None


def _joined(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans of a day sorted, those that touch each other as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)


def _words(ci: Record, calendar: Calendar) -> str:
    window: Mapping[str, Any] = ci.fields["maintenance_window"]
    return f"{alternatives(window['days'], last='and')} from {window['start']} to {window['end']} {calendar.time_zone}"
