"""A problem ended as fixed, and no change shows that the fix went in.

"The fix is applied" is a claim until a change says that it succeeded. Without one, a fix that was backed out, or
never carried out, ends the search for the cause, and the incidents come back.

Name the problem in `fixes` of the change that removed the cause, and give the change its `result`. If the fix is
still on its way, the problem is `fix-in-progress`.

Wrong:

```yaml
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Web server 1 runs out of memory
state: resolved
assignment: {team: team:operations}
root_cause: {statement: Twice the visitors of last year.}
resolution: {code: fix-applied, notes: Memory doubled.}  # <- fault
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: fix-in-progress}
  - {at: 2026-03-20T10:00:00+01:00, by: person:alice, type: transition, to: resolved}
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
fixes: [PRB-20260310-aaaa]
result: {code: backed-out, notes: The new modules were faulty.}
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
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Web server 1 runs out of memory
state: fix-in-progress
assignment: {team: team:operations}
root_cause: {statement: Twice the visitors of last year.}
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: fix-in-progress}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import all_read, sources
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_WENT_IN = frozenset({"successful", "successful-with-issues"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each problem that ended as fixed while no change that fixes it has succeeded."""
    for problem in snapshot.of("problem") if all_read(snapshot, "change") else ():
        fixed = problem.state in ("resolved", "closed") and problem.get("resolution.code") == "fix-applied"
        if not fixed or problem.is_history:
            continue
        changes = list(sources(snapshot, problem, "fixes"))
        # What was imported as history may have lost its result on the way; what is not valid may have one.
        if not any(
            change.get("result.code") in _WENT_IN or change.is_history or not change.valid for change in changes
        ):
            ends = (OtherEnd(changes[-1].file, ("state",), f"is {changes[-1].state}"),) if changes else ()
            yield Fault(problem.file, ("resolution", "code"), _message(changes), others=ends)


def _message(changes: list[Record]) -> str:
    if not changes:
        return "it ended as fixed, but no change fixes it; name it in the fixes of the change that did"
    last = changes[-1]
    how = f"ended {last.get('result.code')}" if last.get("result.code") else f"is {last.state} and has no result"
    return f"it ended as fixed, but {last.address} {how}; give a change that fixes it a good result, or go on looking"
