"""A text that is no valid time, date, duration or address.

Times are RFC 3339 with an offset (`2026-03-04T03:07:00+01:00`), dates are `2026-03-04`, durations are ISO 8601
(`PT4H`), addresses of pages begin with `https://`. A day that the calendar does not have is refused as well.

Write it in the form that the message names. A time that lacks its offset only has a rule of its own, naive-time.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
from: 2026-02-30  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
from: 2026-02-28
```
"""

SEVERITY = "error"
