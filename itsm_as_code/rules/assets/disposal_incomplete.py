"""How an asset left is not written, or it has not left.

Auditors, tax offices and data protection ask what became of a machine, and of what was stored on it. Nobody can say
so a year later.

Write `disposal` with day and method once it is gone; while it waits to go, `substate: pending-disposal` says so. An
asset with a `disposal` is `retired`. Records imported as history are exempt.

Wrong:

```yaml
# records/assets/UPS-0001.yaml
title: Old UPS from the depot
class: ups
state: retired  # <- fault
```

Right:

```yaml
# records/assets/UPS-0001.yaml
title: Old UPS from the depot
class: ups
state: retired
disposal: {date: 2026-02-13, method: recycled}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each retired asset without its disposal, and each disposal of one that is not retired."""
    for asset in snapshot.of("asset"):
        if asset.is_history:
            continue
        is_retired, disposal = asset.state == "retired", asset.fields.get("disposal")
        if is_retired and not disposal and asset.fields.get("substate") != "pending-disposal":
            message = (
                "this asset is retired; write in disposal how it left, or substate: pending-disposal while it waits"
            )
            yield Fault(asset.file, ("state",), message)
        elif disposal and not is_retired:
            message = f"this asset left, but is {asset.state}; make it retired, or delete the disposal"
            yield Fault(asset.file, ("disposal",), message)
