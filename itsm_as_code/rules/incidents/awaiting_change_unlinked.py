"""An incident waits for a change or a problem that no record names.

It says that something else must be done first, but not what. When that is done, nobody comes back to the incident,
and whoever reported it waits on.

Name the incident in `fixes` of the change, or in `incidents` of the problem (a change that fixes this problem will
do for `awaiting-change`, too). Where that is not yet sure, a line in `links` of either record is enough. Canceled
changes and problems do not count: nothing comes of them.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Web server 1 is slow at noon
state: on-hold
hold_reason: awaiting-change  # <- fault
impact: low
urgency: medium
cis: [{ci: ci:web-01}]
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T12:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T12:20:00+01:00, by: person:alice, type: transition, to: on-hold}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
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
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Web server 1 is slow at noon
state: on-hold
hold_reason: awaiting-change
impact: low
urgency: medium
cis: [{ci: ci:web-01}]
assignment: {team: team:operations}
timeline:
  - {at: 2026-03-04T12:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T12:20:00+01:00, by: person:alice, type: transition, to: on-hold}
```

```yaml
# records/changes/2026/CHG-20260305-aaaa.yaml
title: More memory for web server 1
type: normal
reason: It is slow at noon.
cis: [ci:web-01]
fixes: [INC-20260304-k7qz]
timeline:
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import all_read, problems_of, related, sources, targets
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each incident that waits for a change or problem of which no record tells."""
    for incident in snapshot.of("incident") if all_read(snapshot, "change", "problem") else ():
        if incident.state != "on-hold" or _links_that_lead_nowhere(snapshot, incident):
            continue
        reason = incident.fields.get("hold_reason")
        if reason == "awaiting-change" and not any(_changes(snapshot, incident)):
            message = "it waits for a change, but no change fixes it; name it in the change's fixes"
            yield Fault(incident.file, ("hold_reason",), message)
        if reason == "awaiting-problem" and not any(_problems(snapshot, incident)):
            message = "it waits for a problem, but no problem lists it; name it in the problem's incidents"
            yield Fault(incident.file, ("hold_reason",), message)


def _changes(snapshot: Snapshot, incident: Record) -> Iterator[Record]:
    """Yield the changes for which it may wait, not the canceled ones."""
    yield from (change for change in related(snapshot, incident, "change") if change.state != "canceled")
    for fixed in (incident, *_problems(snapshot, incident)):
        yield from (change for change in sources(snapshot, fixed, "fixes") if change.state != "canceled")


def _problems(snapshot: Snapshot, incident: Record) -> Iterator[Record]:
    """Yield the problems for which it may wait: its own, and that of its known error."""
    yield from problems_of(snapshot, incident)
    for known_error in targets(snapshot, incident, "known_error"):
        yield from (problem for problem in targets(snapshot, known_error, "problem") if problem.state != "canceled")


def _links_that_lead_nowhere(snapshot: Snapshot, incident: Record) -> bool:
    """Return whether it names something that is not there, which is a fault of its own."""
    links = snapshot.graph.outgoing.get(incident.address, ())
    return any(link.target is None and link.path[0] in ("links", "known_error") for link in links)
