"""A request is fulfilled, and what was handed out is not written.

The laptop went out and was never linked. A year later nobody knows why somebody has it, and the seat of the licence
that came with it is not counted.

Name under `outcome` what the item's steps produce: `assets`, `licences`, `cis`. A step that was not needed is
canceled by a `task` entry with its id. A bundle (`includes`) hands out what its parts do; parts that are requests of
their own need only a link to them, under `links`.

A closed request is told of only where its outcome names no thing at all: its item may have changed since.
Records imported as history are exempt.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
state: fulfilled  # <- fault
requested_by: person:dana
assignment: {team: team:workplace}
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
# records/assets/LT-0031.yaml
title: Laptop
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
outcome: {assets: [asset:LT-0031]}
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-05T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
```
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.fulfilment import Fulfilment, Product, Sort, outcome
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_FIELDS: Mapping[Sort, str] = {"asset": "assets", "licence": "licences", "ci": "cis"}


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each fulfilled request that names fewer things of some sort than its item produces."""
    fulfilment = Fulfilment(snapshot)
    for request in snapshot.of("request"):
        if request.state not in ("fulfilled", "closed") or request.is_history:
            continue
        named = outcome(snapshot, request)
        if request.is_final and named:
            continue
        wanted: dict[Sort, list[Product]] = defaultdict(list)
        for product in fulfilment.products(request):
            wanted[product.sort].append(product)
        short = [sort for sort in wanted if len(named.get(sort, ())) < len(wanted[sort])]
        if short:
            yield _fault(request, [product for sort in short for product in wanted[sort]], short)


def _fault(request: Record, products: Sequence[Product], sorts: Sequence[Sort]) -> Fault:
    things = alternatives([f"{_thing(product)} (step {product.step})" for product in products], last="and")
    fields = alternatives([f"outcome.{_FIELDS[sort]}" for sort in sorts], last="and")
    message = f"{request.fields['item']} hands out {things}; name what there is now under {fields}"
    return Fault(request.file, ("outcome" if "outcome" in request.fields else "state",), message)


def _thing(product: Product) -> str:
    if product.sort == "licence":
        return f"a seat of {product.licence}" if product.licence else "a seat of a licence"
    noun = "an asset" if product.sort == "asset" else "a CI"
    return f"{noun} of the class {product.class_}" if product.class_ else noun
