"""A clock that shall stand still in a state that does not exist.

The clock of a service level agreement runs on where it should pause, since no record is ever in that state, and people
are told of breaches that are none.

Name states of the kind that the agreement applies to. `itsm schema KIND --format markdown` shows them.

Wrong:

```yaml
# records/slas/checkout-critical.yaml
title: Critical incidents of the checkout
type: sla
applies_to: incident
targets: {resolution: PT4H}
pause_on: [onhold]  # <- fault
```

Right:

```yaml
# records/slas/checkout-critical.yaml
title: Critical incidents of the checkout
type: sla
applies_to: incident
targets: {resolution: PT4H}
pause_on: [on-hold]
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives, suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each state in an agreement's `pause_on` that its kind of records does not have."""
    for agreement in snapshot.of("sla"):
        kind = snapshot.kinds.get(str(agreement.fields.get("applies_to")))
        if kind is None or agreement.is_final:
            continue
        for position, state in enumerate(agreement.strings("pause_on")):
            if state not in kind.states:
                advice = (
                    suggestion(nearest(state, kind.states))
                    or f"; those are {alternatives(list(kind.states), last='and')}"
                )
                message = f"{state} is no state of {kind.plural}{advice}"
                yield Fault(agreement.file, ("pause_on", position), message)
