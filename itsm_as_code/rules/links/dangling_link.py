"""A link to a record that does not exist.

The commonest defect of all: a typing slip, another spelling, or a record that was never written. Whoever follows
the link, a person at night or the impact graph, ends in nothing.

Correct the link (the message offers the nearest ids and aliases) or write the missing record.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operatoins  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.reference import Addresses, is_id, path_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each well-formed link, of an allowed kind, that no record answers to."""
    addresses, suggestions = Addresses(snapshot.kinds), None
    for link in snapshot.graph.broken:
        named = addresses.parse(link.text)
        if named is None:
            continue
        kind, id_ = named
        if link.field.to and kind.name not in link.field.to:
            continue
        # Built only where it is needed: most snapshots have no broken link.
        suggestions = suggestions or Suggestions(snapshot)
        advice = suggestion(suggestions.existing(link))
        if not advice and is_id(kind, id_):
            advice = f"; correct it, or write {path_of(kind, id_)}"
        yield Fault(snapshot.records[link.source].file, link.path, f"{link.text} does not exist{advice}")
