"""What a request handed out is not what was asked for, or somebody else has it.

The request says that Dana got LT-0031; the asset says that Erik has it, or that it is still in stock. One of them is
wrong, and at the next return the wrong person is asked.

Correct the outcome, or who has the thing. What came back belongs under `returns`.

Compared are an asset's holder and state with whom the request is for; whose a seat is; and the class of an asset or
CI, and the licence, with what the item's steps produce. Requests in a final state are left alone, since things are
handed on; so are things that a team has, or that are for a team.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
state: fulfilled
requested_by: person:dana
assignment: {team: team:workplace}
outcome:
  assets:
    - asset:LT-0013  # <- fault
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-05T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
```

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
fulfilment:
  - {id: hand-over, title: Hand it over, produces: asset, class: laptop}
# records/assets/LT-0013.yaml
title: Laptop of Erik
class: laptop
state: in-use
assigned_to: person:erik
# records/assets/LT-0031.yaml
title: Laptop of Dana
class: laptop
state: in-use
assigned_to: person:dana
```

```yaml
# records/people/dana.yaml
name: Dana Fischer
manager: person:erik
# records/people/erik.yaml
name: Erik Holm
```

```yaml
# records/teams/workplace.yaml
name: Workplace
```

Right:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
state: fulfilled
requested_by: person:dana
assignment: {team: team:workplace}
outcome:
  assets:
    - asset:LT-0031
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-05T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
```
"""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.classes import lineages
from itsm_as_code.snapshot.fulfilment import Fulfilment, Product, Sort, receiver
from itsm_as_code.snapshot.selection import targets
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "warning"

_NOT_HANDED_OUT = frozenset({"on-order", "in-stock"})
_SORTS: Mapping[str | int, Sort] = {"assets": "asset", "licences": "licence", "cis": "ci"}


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each thing in the outcome of a live request that somebody else has, or nobody asked for."""
    comparison = _Comparison(snapshot)
    for request in snapshot.of("request"):
        if not request.is_final and "outcome" in request.fields:
            yield from comparison.faults(request)


class _Comparison:
    """Compares outcomes with the rest of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._fulfilment = Fulfilment(snapshot)
        self._classes = lineages(snapshot.config)

    def faults(self, request: Record) -> Iterator[Fault]:
        """Yield the faults of one request's outcome, at most one of each link."""
        returned = {thing.address for thing in targets(self._snapshot, request, "returns")}
        user, products = receiver(self._snapshot, request), self._fulfilment.products(request)
        for link in self._snapshot.graph.outgoing.get(request.address, ()):
            if link.path[0] != "outcome" or link.target is None or link.target in returned:
                continue
            thing = self._snapshot.records[link.target]
            advice = "correct the outcome, or who has it"
            message = self._holder(request, thing, user) if link.path[-1] == "to" or link.path[1] == "assets" else ""
            if not message and link.path[-1] != "to":
                message, advice = self._not_asked_for(link, thing, products), "correct the outcome"
            if message:
                yield Fault(request.file, link.path, f"{message}; {advice}")

    def _holder(self, request: Record, thing: Record, user: Record | None) -> str:
        """Return what is wrong with who has the thing, where that is told."""
        if thing.kind.name == "asset" and request.state == "fulfilled" and thing.state in _NOT_HANDED_OUT:
            return f"this request is fulfilled, but {thing.address} is {thing.state}"
        if thing.kind.name == "asset":
            holder = next(targets(self._snapshot, thing, "assigned_to"), None)
            whose = f"{holder.address} has {thing.address}" if holder is not None else ""
        else:
            holder, whose = thing, f"this is for {thing.address}"
        if holder is None or user is None or holder.kind.name != "person" or user.kind.name != "person":
            return ""
        return f"{whose}, but the request is for {user.address}" if holder.address != user.address else ""

    def _not_asked_for(self, link: Link, thing: Record, products: Sequence[Product]) -> str:
        """Return what is wrong with what the thing is, where every step of its sort says what it produces."""
        sort = _SORTS.get(link.path[1])
        wanted = [product for product in products if product.sort == sort]
        names = [product.licence if sort == "licence" else product.class_ for product in wanted]
        if sort is None or thing.kind.name != sort or not names or not all(names):
            return ""
        own = thing.address if sort == "licence" else str(thing.fields.get("class", ""))
        known_as = self._classes.get(own, frozenset({own})) if sort == "ci" else frozenset({own})
        if not own or not known_as.isdisjoint(names):
            return ""
        is_what = f"{own} is not what was asked for" if sort == "licence" else f"{thing.address} is of the class {own}"
        return f"{is_what}, and the steps of {wanted[0].item} hand out {alternatives(list(dict.fromkeys(names)))}"
