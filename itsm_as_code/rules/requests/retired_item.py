"""A request for something that is not offered.

Its item is retired, or still a draft. Nobody is there to fulfil it, or nobody has decided yet that it is offered, and
whoever asked waits for nothing.

Ask for what took its place, cancel the request, or offer the item (`state: active`). Requests in a final state are
left alone: the item was offered then.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop-2019  # <- fault
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
```

```yaml
# records/catalog/laptop-2019.yaml
title: Laptop of 2019
state: retired
owner: team:workplace
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
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
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each request, not in a final state, for an item that is not active."""
    for item in snapshot.of("catalog-item"):
        if item.state == "active":
            continue
        is_what = "is a draft and not offered yet" if item.state == "draft" else f"is {item.state}"
        for link in snapshot.graph.incoming.get(item.address, ()):
            request = snapshot.records[link.source]
            if request.kind.name == "request" and link.path == ("item",) and not request.is_final:
                message = f"{link.text} {is_what}; ask for another item, cancel this, or make the item active"
                yield Fault(request.file, link.path, message, others=(OtherEnd(item.file, ("state",), is_what),))
