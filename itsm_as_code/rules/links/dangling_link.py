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

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.link import Link
from itsm_as_code.model.reference import Addresses, is_id, path_of
from itsm_as_code.model.suggest import unlike
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"

_MISNAMED = "misnamed-file"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each well-formed link, of an allowed kind, that no record answers to."""
    if not snapshot.graph.broken:
        return
    addresses = Addresses(snapshot.kinds)
    suggestions = Suggestions(snapshot)
    misnamed = _misnamed(snapshot)
    for link in snapshot.graph.broken:
        named = addresses.parse(link.text)
        if named is None or path_of(*named) in misnamed:
            continue
        if not link.field.to or named[0].name in link.field.to:
            message = f"{link.text} does not exist{_advice(suggestions, link, *named)}"
            near = suggestions.existing(link)
            ends = (OtherEnd(snapshot.records[near[0]].file, (), "may be meant"),) if len(near) == 1 else ()
            yield Fault(snapshot.records[link.source].file, link.path, message, others=ends)


def _misnamed(snapshot: Snapshot) -> frozenset[str]:
    """Return where records would be if the ending of their files were right, which is told once, of the file."""
    if snapshot.config.severities.get(_MISNAMED) == "off":
        return frozenset()
    files = (fault.file for fault in snapshot.faults if fault.rule == _MISNAMED)
    return frozenset(f"{file.rpartition('.')[0]}.yaml" for file in files)


def _advice(suggestions: Suggestions, link: Link, kind: Kind, id_: str) -> str:
    """Return what follows "does not exist"."""
    existing = suggestions.existing(link)
    near = suggestion(existing)
    if existing and unlike(link.text, existing[0]):
        near += f";{unlike(link.text, existing[0])}"
    create = f"; correct it, or write {path_of(kind, id_)}" if is_id(kind, id_) else ""
    missing = [
        f"; {count} links name {text}, which does not exist either" for text, count in suggestions.frequent(link)
    ]
    return (near or create) + "".join(missing)
