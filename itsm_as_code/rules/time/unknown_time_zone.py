"""A time zone that does not exist.

When a maintenance window or a freeze begins is then not known, and whoever plans a change beside it guesses.

Write the zone by its IANA name: a region and a city, as in `Europe/Zurich`.

Wrong:

```yaml
# records/freezes/year-end.yaml
title: Year's end
level: hard
start: 2026-12-18T18:00:00+01:00
end: 2027-01-04T08:00:00+01:00
timezone: Europe/Zurch  # <- fault
scope: {all: true}
reason: Half of the year's orders come in these weeks.
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
owner: team:operations
maintenance_window: {days: [sun], start: "02:00", end: "05:00", time_zone: Swiss time}  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/freezes/year-end.yaml
title: Year's end
level: hard
start: 2026-12-18T18:00:00+01:00
end: 2027-01-04T08:00:00+01:00
timezone: Europe/Zurich
scope: {all: true}
reason: Half of the year's orders come in these weeks.
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
owner: team:operations
maintenance_window: {days: [sun], start: "02:00", end: "05:00", time_zone: Europe/Zurich}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.reading.calendars import is_zone, no_zone
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_NAMED_BY = (("freeze", ("timezone",)), ("ci", ("maintenance_window", "time_zone")))


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live freeze and CI whose time zone does not exist."""
    judged: dict[str, str] = {}
    for kind, path in _NAMED_BY:
        for record in snapshot.of(kind):
            name = record.get(".".join(path))
            if not isinstance(name, str) or record.is_final:
                continue
            if name not in judged:
                judged[name] = "" if is_zone(name) else no_zone(name)
            if judged[name]:
                yield Fault(record.file, path, judged[name])
