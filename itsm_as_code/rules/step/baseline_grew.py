"""The baseline knows more findings than before.

A baseline lets a repository begin to be judged before everything in it is right. From then on it may only shrink:
if each edit could add what it does wrong, nothing would ever be judged. So what an edit adds counts, in spite of the
baseline, and this says where it was added.

Put right what the new entries name, and take them out again. A single finding that is right for now may be waived, for
a reason and until a time.

Wrong:

Before:

```yaml
# records/teams/operations.yaml
name: Operations
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
```

```json
# baseline.json
{"format": 1, "known": [
  {"file": "records/cis/web-01.yaml", "rule": "ownerless-ci", "field": "owner", "message": "nobody owns this CI"}
]}
```

After:

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: server
state: operational
```

```json
# baseline.json
{"format": 1, "known": [  # <- fault
  {"file": "records/cis/web-01.yaml", "rule": "ownerless-ci", "field": "owner", "message": "nobody owns this CI"},
  {"file": "records/cis/web-02.yaml", "rule": "ownerless-ci", "field": "owner", "message": "nobody owns this CI"}
]}
```

Right:

After:

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: server
state: operational
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.baseline import FILE
from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.step import Step

SEVERITY = "error"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault where head's baseline knows what base's does not; a first baseline is where a repository begins."""
    before, after = step.base.baseline, step.head.baseline
    if not before.written:
        return
    grown = sorted(known for known, count in after.counts.items() if count > before.counts.get(known, 0))
    if grown:
        more = f" and {len(grown) - 1:,} more" if len(grown) > 1 else ""
        message = (
            f"the baseline knows {grown[0].rule} of {grown[0].file}{more} since this edit;"
            " put that right, and take it out of the baseline"
        )
        yield Fault(FILE, (), message)
