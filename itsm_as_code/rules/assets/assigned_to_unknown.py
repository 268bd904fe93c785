"""An asset that is assigned to somebody nobody knows.

Nobody can be asked for it, and it does not show up among the things that somebody hands back on the last day.

Correct the name (the message offers the nearest), or write the record of the person or team.

Wrong:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-use
assigned_to: person:alcie  # <- fault
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

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.reference import Addresses, is_id, path_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live asset whose holder, a person or team by its form, no record answers to."""
    broken = [link for link in snapshot.graph.broken if link.path == ("assigned_to",)]
    if not broken:
        return
    addresses = Addresses(snapshot.kinds)
    suggestions = Suggestions(snapshot)
    for link in broken:
        asset = snapshot.records[link.source]
        named = addresses.parse(link.text)
        if asset.kind.name != "asset" or asset.is_final or named is None or named[0].name not in link.field.to:
            continue
        create = f"; correct it, or write {path_of(*named)}" if is_id(*named) else ""
        advice = suggestion(suggestions.existing(link)) or create
        near = suggestions.existing(link)
        ends = (OtherEnd(snapshot.records[near[0]].file, (), "may be meant"),) if len(near) == 1 else ()
        yield Fault(asset.file, link.path, f"nobody knows {link.text}, who has this asset{advice}", others=ends)
