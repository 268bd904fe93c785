"""An asset in use of which nobody can say where it is.

It cannot be found for a repair, a recall or the stocktaking, and nobody notices when it is gone.

Write who has it (`assigned_to`) or where it is (`location`). A server needs neither where its CI names it as its
`asset`: the CI says what it does.

Wrong:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-use  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-use
assigned_to: person:alice
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import all_read
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each asset in use with no holder, no location and no live CI."""
    for asset in snapshot.of("asset") if all_read(snapshot, "ci") else ():
        known = asset.fields.get("assigned_to") or asset.fields.get("location")
        if asset.state == "in-use" and not known and not _is_some_ci(asset, snapshot):
            message = "this asset is in use, and nobody knows by whom or where; write assigned_to or location"
            yield Fault(asset.file, ("state",), message)


def _is_some_ci(asset: Record, snapshot: Snapshot) -> bool:
    return any(
        link.path == ("asset",) and not snapshot.records[link.source].is_final
        for link in snapshot.graph.incoming.get(asset.address, ())
    )
