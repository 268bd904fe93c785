"""An asset that somebody has who has left.

Things that are not handed back on the last day are rarely seen again, and what is stored on them goes along.

Get it back and write who has it now; or put it in stock, or report it missing.

Wrong:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-use
assigned_to: person:alice  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
active: false
```

Right:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-stock
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live asset that is assigned to a person who is no longer active."""
    for person in snapshot.of("person"):
        if person.fields.get("active") is not False:
            continue
        for link in snapshot.graph.incoming.get(person.address, ()):
            asset = snapshot.records[link.source]
            if asset.kind.name == "asset" and link.path == ("assigned_to",) and not asset.is_final:
                message = f"{link.text} has left and still has this asset, which is {asset.state}; write who has it now"
                ends = (OtherEnd(person.file, ("active",), "has left"),)
                yield Fault(asset.file, link.path, message, others=ends)
