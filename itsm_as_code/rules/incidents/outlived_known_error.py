"""A known error is still published although its cause is gone.

Whoever meets something that looks like it follows the workaround, and the new cause stays hidden behind the old name.

Retire the known error. If it does happen again, the problem is not over: move that back to `root-cause-analysis`. A
problem that is `resolved` is still being watched; only a closed one counts.

Wrong:

```yaml
# records/known-errors/2026/KE-20260301-aaaa.yaml
title: Web server 1 hangs at noon
state: published  # <- fault
problem: PRB-20260228-aaaa
symptoms: Pages take more than a minute.
workaround: Restart it.
timeline:
  - {at: 2026-03-01T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-01T09:10:00+01:00, by: person:alice, type: transition, to: published}
```

```yaml
# records/problems/2026/PRB-20260228-aaaa.yaml
title: Web server 1 runs out of memory
state: closed
assignment: {team: team:operations}
root_cause: {statement: Twice the visitors of last year.}
resolution: {code: fix-applied, notes: Memory doubled.}
timeline:
  - {at: 2026-02-28T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-02-28T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-02-28T11:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-20T10:00:00+01:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/changes/2026/CHG-20260312-aaaa.yaml
title: More memory for web server 1
type: normal
state: review
reason: It is slow at noon.
cis: [ci:web-01]
implementer: person:alice
planned: {start: 2026-03-15T20:00:00+01:00, end: 2026-03-15T21:00:00+01:00}
plans: {backout: [{do: Take it out again, minutes: 10}]}
fixes: [PRB-20260228-aaaa]
result: {code: successful}
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
# records/known-errors/2026/KE-20260301-aaaa.yaml
title: Web server 1 hangs at noon
state: retired
problem: PRB-20260228-aaaa
symptoms: Pages take more than a minute.
workaround: Restart it.
timeline:
  - {at: 2026-03-01T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-01T09:10:00+01:00, by: person:alice, type: transition, to: published}
  - {at: 2026-03-20T10:05:00+01:00, by: person:alice, type: transition, to: retired}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.selection import targets
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each published known error whose problem is closed as fixed."""
    for known_error in snapshot.of("known-error"):
        if known_error.state != "published":
            continue
        for problem in targets(snapshot, known_error, "problem"):
            if problem.state == "closed" and problem.get("resolution.code") == "fix-applied":
                message = f"its cause is gone, {problem.address} is closed as fixed; move it to retired"
                ends = (OtherEnd(problem.file, ("resolution", "code"), "is closed as fixed"),)
                yield Fault(known_error.file, ("state",), message, others=ends)
