"""A risk was accepted, but by nobody, or forever.

To leave a cause in place is a decision that somebody must stand for, and it was right for that day. What was
acceptable with ten customers is not with a thousand.

Name the person in `resolution.accepted_by` and the day on which it is looked at again in `resolution.review_on`.

Wrong:

```yaml
# records/problems/2026/PRB-20260310-aaaa.yaml
title: Mail server has no standby
state: closed
assignment: {team: team:operations}
resolution: {code: risk-accepted, notes: A second one costs more than a day without mail.}  # <- fault
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: closed}
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
title: Mail server has no standby
state: closed
assignment: {team: team:operations}
resolution:
  code: risk-accepted
  accepted_by: person:alice
  review_on: 2027-03-01
  notes: A second one costs more than a day without mail.
timeline:
  - {at: 2026-03-10T09:00:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-10T10:00:00+01:00, by: person:alice, type: transition, to: assess}
  - {at: 2026-03-11T10:00:00+01:00, by: person:alice, type: transition, to: root-cause-analysis}
  - {at: 2026-03-12T10:00:00+01:00, by: person:alice, type: transition, to: closed}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_SIGNATURE = {
    "accepted_by": "who accepted it (accepted_by)",
    "review_on": "when it is looked at again (review_on)",
}


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each problem that ended with an accepted risk and lacks the person or the day."""
    for problem in snapshot.of("problem"):
        accepted = problem.state in ("resolved", "closed") and problem.get("resolution.code") == "risk-accepted"
        if not accepted or problem.is_history:
            continue
        missing = [field for field in _SIGNATURE if not problem.get(f"resolution.{field}")]
        if missing:
            words = " and ".join(_SIGNATURE[field] for field in missing)
            yield Fault(problem.file, ("resolution", missing[0]), f"a risk is accepted; write {words}")
