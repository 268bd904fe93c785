"""A link by another name than the record's id.

An alias lets a link work while people still use the old name. Each record should be called by one name all the
same: a search for the id finds only the links that are written with it.

Replace the alias by the id that the message names.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: person:bkeller  # <- fault
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
aliases: [bkeller]
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: person:bruno
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each link that was resolved by an alias."""
    for link in snapshot.graph.links:
        if link.alias:
            message = f"{link.text} is another name of {link.target}; write {link.target}"
            target = snapshot.records[str(link.target)]
            ends = (OtherEnd(target.file, ("aliases",), "has this other name"),)
            yield Fault(snapshot.records[link.source].file, link.path, message, others=ends)
