"""An incident began after somebody had told of it.

What is in the record was known at its first timeline entry, so the trouble had begun and had been noticed by then. A
later time counts the outage too short; one in the future would hide it. Mostly a day or an offset was mistyped.

Correct `started_at` or `detected_at`, or delete it where nobody knows better than the timeline.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
started_at: 2026-04-03T03:00:00+02:00  # <- fault
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
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
started_at: 2026-03-04T03:00:00+01:00
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each start or detection later than the incident's first timeline entry."""
    for incident in snapshot.of("incident"):
        if incident.is_history or not incident.timeline:
            continue
        first_text = str(incident.timeline[0].get("at"))
        first = parse_time(first_text)
        for field in ("started_at", "detected_at"):
            text = str(incident.fields.get(field))
            at = parse_time(text)
            if first is not None and at is not None and at > first:
                message = f"{text} is after the first timeline entry ({first_text}); correct the time that is wrong"
                ends = (OtherEnd(incident.file, ("timeline", 0, "at"), "the first timeline entry"),)
                yield Fault(incident.file, (field,), message, others=ends)
