"""More requests wait for a thing than there are of it.

The last one in the queue waits until somebody notices. What is not ordered today is not there in three weeks.

Order more and write down what is ordered, as an asset that is `on-order`; or tell whoever has to wait.

Counted are requests that are approved, in fulfilment or on hold, whose item's steps produce an asset of a class that
the outcome does not name yet; and the assets of that class that are in stock, on order or on their way, have no
holder but one who waits, and are not broken or about to go (`substate` `defective`, `pending-repair` or
`pending-disposal`). Classes of which no asset is recorded at all are left alone. The request named is the first, in
the order of ids, that gets none.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop  # <- fault
state: approved
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
```

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
fulfilment:
  - {id: hand-over, title: Hand it over, produces: asset, class: laptop}
# records/assets/LT-0031.yaml
title: Laptop of Erik
class: laptop
state: in-use
assigned_to: person:erik
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
state: approved
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
```

```yaml
# records/assets/LT-0032.yaml
title: Laptop, ordered on 4 March
class: laptop
state: on-order
```
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.fulfilment import Fulfilment, outcome, receiver
from itsm_as_code.snapshot.selection import targets
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_WAITING = frozenset({"approved", "in-fulfilment", "on-hold"})
_COMING = frozenset({"in-stock", "on-order", "in-transit"})
_UNUSABLE = frozenset({"defective", "pending-repair", "pending-disposal"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each class of assets of which more are waited for than will be there."""
    queues = _queues(snapshot)
    if not queues.waiting:
        return
    assets = [asset for asset in snapshot.of("asset") if asset.fields.get("class")]
    recorded = {asset.fields["class"] for asset in assets}
    there = Counter(asset.fields["class"] for asset in assets if _is_free(snapshot, asset, queues))
    for class_, requests in queues.waiting.items():
        if class_ in recorded and len(requests) > there[class_]:
            free = f"{there[class_] or 'none'} {'is' if there[class_] == 1 else 'are'}"
            message = (
                f"requests wait for {len(requests)} of the class {class_}, and {free} free in stock, on order or on the"
                " way; order more, or tell whoever has to wait"
            )
            yield Fault(requests[there[class_]].file, ("item",), message)


@dataclass(frozen=True, slots=True)
class _Queues:
    """The requests that wait for each class, once for each asset; whom they are for; the assets they have already."""

    waiting: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    users: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)


def _queues(snapshot: Snapshot) -> _Queues:
    fulfilment = Fulfilment(snapshot)
    queues = _Queues()
    for request in snapshot.of("request"):
        if request.state not in _WAITING:
            continue
        named = [address for _, address in outcome(snapshot, request).get("asset", ())]
        queues.taken.update(named)
        assets = [snapshot.records[address] for address in named if address in snapshot.records]
        served = Counter(str(asset.fields.get("class")) for asset in assets)
        for product in fulfilment.products(request):
            if product.sort != "asset" or not product.class_:
                continue
            if served[product.class_]:
                served[product.class_] -= 1
            else:
                queues.waiting[product.class_].append(request)
        user = receiver(snapshot, request)
        queues.users.update({user.address} if user is not None else ())
    return queues


def _is_free(snapshot: Snapshot, asset: Record, queues: _Queues) -> bool:
    """Return whether a request may still get it: it is coming, sound, and has no holder but one who waits."""
    if asset.state not in _COMING or asset.fields.get("substate") in _UNUSABLE or asset.address in queues.taken:
        return False
    holder = next(targets(snapshot, asset, "assigned_to"), None)
    return "assigned_to" not in asset.fields or (holder is not None and holder.address in queues.users)
