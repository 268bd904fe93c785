"""Steps of a catalogue item that can never be done in their order.

A step waits for one that the item does not have, or steps wait for each other in a circle. Whoever fulfils a request
comes to a step that may never begin. Where two steps have one id, nobody can say which of them is waited for, or done.

Name the ids of this item's steps in `needs`, break the circle, and give each step an id of its own.

Wrong:

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
fulfilment:
  - {id: order, title: Order one}
  - {id: set-up, title: Set it up, needs: [ordr]}  # <- fault
  - {id: hand-over, title: Hand it over, needs: [sign]}  # <- fault
  - {id: sign, title: Let it be signed for, needs: [hand-over]}
  - {id: order, title: Order a bag}  # <- fault
```

```yaml
# records/teams/workplace.yaml
name: Workplace
```

Right:

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
fulfilment:
  - {id: order, title: Order one}
  - {id: set-up, title: Set it up, needs: [order]}
  - {id: hand-over, title: Hand it over, needs: [set-up]}
  - {id: sign, title: Let it be signed for, needs: [hand-over]}
  - {id: order-bag, title: Order a bag}
```
"""

from collections.abc import Iterator, Sequence

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.kind import LinkField
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.snapshot.circles import circles
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_NEEDS = LinkField(("fulfilment", "*", "needs", "*"), (), "needed_by")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each id that a live item's steps share, each need that cannot be met, and each circle."""
    for item in snapshot.of("catalog-item"):
        if not item.is_final:
            yield from _shared_ids(item)
            needs = list(_needs(item))
            yield from _never_met(item, needs)
            for circle in circles(need for need in needs if need.target is not None):
                around = [*(need.source for need in circle), circle[0].source]
                message = f"steps wait for each other: {' needs '.join(around)}; take out one of these needs"
                ends = tuple(
                    OtherEnd(item.file, need.path, f"{need.source} waits for {need.target}") for need in circle[1:]
                )
                yield Fault(item.file, circle[0].path, message, others=ends)


def _shared_ids(item: Record) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, step in enumerate(item.mappings("fulfilment")):
        if step["id"] in seen:
            message = f"another step is called {step['id']} already; give this one an id of its own"
            ends = (OtherEnd(item.file, ("fulfilment", seen[step["id"]], "id"), "has this id already"),)
            yield Fault(item.file, ("fulfilment", number, "id"), message, others=ends)
        seen.setdefault(step["id"], number)


def _needs(item: Record) -> Iterator[Link]:
    """Yield what each step waits for as links between steps; without a target where there is no such step."""
    steps = item.mappings("fulfilment")
    known = {step["id"] for step in steps}
    for number, step in enumerate(steps):
        for position, need in enumerate(step.get("needs", ())):
            path = ("fulfilment", number, "needs", position)
            yield Link(step["id"], path, _NEEDS, "needs", "needed_by", need, need if need in known else None)


def _never_met(item: Record, needs: Sequence[Link]) -> Iterator[Fault]:
    ids = list(dict.fromkeys(step["id"] for step in item.mappings("fulfilment")))
    for need in needs:
        if need.target is None:
            advice = did_you_mean(need.text, ids) or f"; the item's steps are {alternatives(ids, last='and')}"
            yield Fault(item.file, need.path, f"there is no step {need.text}{advice}")
        elif need.target == need.source:
            yield Fault(item.file, need.path, f"step {need.text} waits for itself; take out this need")
