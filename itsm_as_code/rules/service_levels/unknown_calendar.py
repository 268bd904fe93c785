"""A calendar that nobody has defined.

Without its hours no clock of a service level agreement can run, and no window of a change can be held against what its
template allows.

Name one of the calendars that ship (`always`, `business-hours`), or add your own to `calendars` in `itsm.yaml`.

Wrong:

```yaml
# records/slas/checkout-critical.yaml
title: Critical incidents of the checkout
type: sla
applies_to: incident
targets: {resolution: PT4H}
calendar: bussiness-hours  # <- fault
```

```yaml
# records/change-templates/restart.yaml
title: Restart a server
owner: team:operations
version: 1
defaults: {}
allowed:
  hours: nights  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# itsm.yaml
format: 1
calendars:
  nights:
    hours: [{days: [mon, tue, wed, thu, fri, sat, sun], start: "00:00", end: "06:00"}]
```

```yaml
# records/slas/checkout-critical.yaml
title: Critical incidents of the checkout
type: sla
applies_to: incident
targets: {resolution: PT4H}
calendar: business-hours
```

```yaml
# records/change-templates/restart.yaml
title: Restart a server
owner: team:operations
version: 1
defaults: {}
allowed:
  hours: nights
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives, suggestion

SEVERITY = "error"

_NAMED_BY = (("sla", ("calendar",)), ("change-template", ("allowed", "hours")))


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each agreement and live template that names a calendar which is not configured."""
    known = sorted(snapshot.config.calendars)
    for kind, path in _NAMED_BY:
        for record in snapshot.of(kind):
            name = record.get(".".join(path))
            if isinstance(name, str) and name not in snapshot.config.calendars and not record.is_final:
                advice = suggestion(nearest(name, known)) or (
                    f"; calendars are {alternatives(known, last='and')}; name one, or add it to calendars in itsm.yaml"
                )
                yield Fault(record.file, path, f"{name} is no calendar{advice}")
