"""A change touches what a major incident is about.

While people look for the cause of a major incident, anything else that moves on the same machine or service misleads
them, and may make it worse.

Wait until it is over, or plan the change anew. If the change is what ends the incident, name the incident (or its
problem) in `fixes`; if it is what brought it about, say so in the incident's `caused_by_change`. Looked at are changes
in `authorize`, `scheduled` and `implement`, and declared major incidents that are not resolved. It is a warning, so
that a major incident can be declared whatever is planned.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move web server 1 to the new rack
type: normal
state: scheduled
reason: The old rack is full.
cis: [ci:web-01]  # <- fault
implementer: person:alice
planned: {start: 2026-04-04T22:00:00+02:00, end: 2026-04-05T02:00:00+02:00}
plans: {backout: [{do: Carry it back, minutes: 15}]}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: scheduled}
```

```yaml
# records/incidents/2026/INC-20260404-k7qz.yaml
title: Web shop does not answer
state: in-progress
impact: high
urgency: high
cis: [{ci: ci:web-01, role: suspected}]
major: {state: declared, manager: person:alice}
assignment: {team: team:operations}
timeline:
  - {at: 2026-04-04T20:07:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-04T20:10:00+02:00, by: person:alice, type: transition, to: in-progress}
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
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Move web server 1 to the new rack
type: normal
state: new
reason: The old rack is full.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
  - {at: 2026-04-01T10:00:00+02:00, by: person:alice, type: transition, to: authorize}
  - {at: 2026-04-04T20:20:00+02:00, by: person:alice, type: transition, to: new}
```
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import sources, targets
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_ENOUGH = 10
"""Major incidents on one thing that are looked at; more at once are one disaster."""
_ON_ITS_WAY = frozenset({"authorize", "scheduled", "implement"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each change on its way that touches an open major incident, at the first thing they share."""
    troubled = _troubled(snapshot)
    if not troubled:
        return
    listed = {
        problem.address: frozenset(incident.address for incident in targets(snapshot, problem, "incidents"))
        for problem in snapshot.of("problem")
    }
    for change in snapshot.of("change"):
        if change.state not in _ON_ITS_WAY:
            continue
        own = _own(snapshot, change, listed)
        for link in _touches(snapshot, change):
            majors = troubled.get(link.target or "", ())
            major = next((incident for incident in majors if not any(incident.address in some for some in own)), None)
            if major is not None:
                message = f"{link.text} is part of the major incident {major.address}; wait, or name it in fixes"
                ends = (OtherEnd(major.file, ("major",), "a major incident"),)
                yield Fault(change.file, link.path, message, others=ends)
                break


def _troubled(snapshot: Snapshot) -> Mapping[str, Sequence[Record]]:
    """Return the open major incidents by the address of each CI and service that they are about."""
    found: dict[str, list[Record]] = defaultdict(list)
    for incident in snapshot.of("incident"):
        over = incident.is_final or incident.state == "resolved"
        if incident.get("major.state") != "declared" or over:
            continue
        for link in _touches(snapshot, incident):
            part = incident.fields["cis"][link.path[1]] if link.path[0] == "cis" else {}
            is_part = link.target is not None and part.get("role") != "not-impacted"
            if is_part and len(found[str(link.target)]) < _ENOUGH:
                found[str(link.target)].append(incident)
    return found


def _touches(snapshot: Snapshot, record: Record) -> Iterator[Link]:
    links = snapshot.graph.outgoing.get(record.address, ())
    return (link for link in links if link.path[0] in ("cis", "services"))


def _own(snapshot: Snapshot, change: Record, listed: Mapping[str, AbstractSet[str]]) -> Sequence[AbstractSet[str]]:
    """Return sets of the incidents that are the change's own: what it caused, what it ends, and what those list."""
    fixed = {record.address for record in targets(snapshot, change, "fixes")}
    caused = {incident.address for incident in sources(snapshot, change, "caused_by_change")}
    return [caused | fixed, *(listed[address] for address in fixed if address in listed)]
