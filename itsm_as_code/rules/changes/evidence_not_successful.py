"""A template rests on a change that did not go well.

A routine change earns its approval by having been done before, several times, without trouble. A change that failed,
had issues, or is not over yet is no such proof: it is the reason to look again.

Take it out of `evidence` and name one that was `successful`. If there is none, the template is a draft still. Retired
templates are left alone, and so are changes imported as history without a result.

Wrong:

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: approved
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
evidence:
  - CHG-20260312-aaaa  # <- fault
```

```yaml
# records/changes/2026/CHG-20260312-aaaa.yaml
title: Restart web server 1
type: normal
state: review
reason: It leaks memory.
cis: [ci:web-01]
implementer: person:alice
planned: {start: 2026-03-15T20:00:00+01:00, end: 2026-03-15T21:00:00+01:00}
plans: {backout: [{do: "Nothing to undo: a restart.", minutes: 1}]}
result: {code: successful-with-issues, notes: Its disk was not mounted afterwards.}
timeline:
  - {at: 2026-03-12T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-13T09:00:00+01:00, by: person:alice, type: transition, to: scheduled}
  - {at: 2026-03-15T20:00:00+01:00, by: person:alice, type: transition, to: implement}
  - {at: 2026-03-15T21:00:00+01:00, by: person:alice, type: transition, to: review}
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
# records/change-templates/restart-server.yaml
title: Restart a server
state: draft
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each change, canceled ones aside, that a template names as evidence and that is no success."""
    for template in snapshot.of("change-template"):
        if template.is_final:
            continue
        for link in snapshot.graph.outgoing.get(template.address, ()):
            change = snapshot.records.get(link.target or "")
            if link.path[0] != "evidence" or change is None or not change.valid:
                continue
            code = change.get("result.code")
            # A canceled change is a link to something canceled, which has a rule of its own.
            if code == "successful" or change.state == "canceled" or (code is None and change.is_history):
                continue
            how = f"ended {code}" if code else f"is in {change.state} and has no result"
            message = f"{link.text} {how}; evidence is what was successful, so take it out"
            ends = (OtherEnd(change.file, ("result", "code") if code else ("state",), how),)
            yield Fault(template.file, link.path, message, others=ends)
