"""A public record gives away one that is not public.

Of a public record the whole world reads the title, the public message and the public updates. The public site
leaves out every link to what is internal or restricted, but it cannot leave out words: an internal id in a public
text is published. A public record that links to a restricted one shows every colleague that the two belong
together.

Say it in words that mean something to customers, and move the link to a record that is not public.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operations
visibility: public
depends_on: [service:fraud-check]  # <- fault
```

```yaml
# records/services/fraud-check.yaml
title: Fraud check
tier: 2
owner: team:operations
visibility: restricted
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
visibility: public
```
"""

import re
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9-]*[:-][A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each public text or link that gives away a record which is not public."""
    for record in valid_records(snapshot):
        if record.visibility == "public":
            yield from _texts(snapshot, record)
            yield from _links(snapshot, record)


def _texts(snapshot: Snapshot, record: Record) -> Iterator[Fault]:
    for path, text in _public_texts(record):
        for address in dict.fromkeys(_ADDRESS.findall(text)):
            named = snapshot.records.get(address)
            if named is not None and named.visibility != "public":
                message = (
                    f"this text is published and names {address}, which is {named.visibility}; say it in other words"
                )
                ends = (OtherEnd(named.file, ("visibility",), f"is {named.visibility}"),)
                yield Fault(record.file, path, message, others=ends)


def _links(snapshot: Snapshot, record: Record) -> Iterator[Fault]:
    for link in snapshot.graph.outgoing.get(record.address, ()):
        target = snapshot.records.get(link.target or "")
        if target is not None and target.visibility == "restricted":
            message = (
                f"{link.text} is restricted, but this record is public; delete the link, or make this record internal"
            )
            ends = (OtherEnd(target.file, ("visibility",), "is restricted"),)
            yield Fault(record.file, link.path, message, others=ends)


def _public_texts(record: Record) -> Iterator[tuple[FieldPath, str]]:
    """Yield the texts of a public record that the public site shows, with their paths."""
    for path in ((record.kind.title_field,), ("public", "message"), ("public", "name"), ("outage", "message")):
        value = record.get(".".join(path))
        if isinstance(value, str):
            yield path, value
    for position, entry in enumerate(record.timeline):
        text = entry.get("text")
        if isinstance(text, str) and "public" in (entry.get("audience"), entry.get("visibility")):
            yield ("timeline", position, "text"), text
