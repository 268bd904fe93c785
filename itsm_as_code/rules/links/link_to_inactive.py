"""A live record links to a person who has left, or to something retired.

Work that is assigned to somebody who has left is done by nobody, and a retired thing carries nothing any more.

Name who or what took over. Records in a final state, timelines, the fields that tell who reported or asked for
something, and free `links` are left alone: they say what was.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: person:alice  # <- fault
```

```yaml
# records/people/alice.yaml
name: Alice Martin
active: false
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: person:bruno
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

# What these fields say stays true when the person leaves or the thing is replaced.
_SAY_WHAT_WAS = frozenset({"timeline", "reported_by", "requested_by", "links"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each link of a live record to an inactive or retired one."""
    for target in valid_records(snapshot):
        why = _why_inactive(target)
        if not why:
            continue
        for link in snapshot.graph.incoming.get(target.address, ()):
            source = snapshot.records[link.source]
            if link.path[0] not in _SAY_WHAT_WAS and not _has_ended(source):
                message = f"{link.text} {why}; name who or what took over, or delete the link"
                said = "active" if target.fields.get("active") is False else "state"
                yield Fault(source.file, link.path, message, others=(OtherEnd(target.file, (said,), why),))


def _why_inactive(record: Record) -> str:
    if record.fields.get("active") is False:
        return "is no longer active"
    # Closed incidents and changes are good targets; what was canceled has a rule of its own.
    if record.is_final and not record.kind.logged and record.state != "canceled":
        return f"is {record.state}"
    return ""


def _has_ended(record: Record) -> bool:
    return record.is_final or record.fields.get("active") is False
