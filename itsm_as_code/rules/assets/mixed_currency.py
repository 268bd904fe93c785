"""Money of several currencies where it is added up.

What the purchases of a licence cost in sum, or what an asset is worth after a year, cannot be worked out: no rate
is written, and today's rate is not the one that was paid.

Write what it cost in one currency, as booked. The amount on the invoice can stand in the `description`.

Wrong:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20
purchases:
  - date: 2025-01-10
    seats: 15
    cost: {amount: "1800.00", currency: EUR}
  - date: 2026-01-12
    seats: 5
    cost: {amount: "690.00", currency: USD}  # <- fault
```

Right:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20
purchases:
  - date: 2025-01-10
    seats: 15
    cost: {amount: "1800.00", currency: EUR}
  - date: 2026-01-12
    seats: 5
    cost: {amount: "637.40", currency: EUR}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each amount of a live licence or asset in another currency than its first one."""
    for kind in ("asset", "licence"):
        for record in snapshot.of(kind):
            amounts = [] if record.is_final else list(_amounts(record))
            for path, currency in amounts[1:]:
                first, usual = amounts[0]
                if currency != usual:
                    message = (
                        f"this is in {currency}, but {format_path(first)} is in {usual}; write both in one currency"
                    )
                    ends = (OtherEnd(record.file, (*first, "currency"), f"is in {usual}"),)
                    yield Fault(record.file, (*path, "currency"), message, others=ends)


def _amounts(record: Record) -> Iterator[tuple[FieldPath, str]]:
    """Yield path and currency of the amounts that are added up, or taken from each other."""
    for field, inner in (("purchase", "cost"), ("depreciation", "salvage")):
        currency = record.get(f"{field}.{inner}.currency")
        if record.kind.name == "asset" and isinstance(currency, str):
            yield (field, inner), currency
    for position, purchase in enumerate(record.mappings("purchases")):
        cost = purchase.get("cost")
        if isinstance(cost, dict):
            yield ("purchases", position, "cost"), cost["currency"]
