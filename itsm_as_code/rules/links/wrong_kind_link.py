"""A link to a record of a kind that the field does not take.

A team where a service is expected reads well and means nothing: lists, pages and the impact graph pass over it.

Name a record of the kind that the message asks for.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: team:operations  # <- fault
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

```yaml
# records/teams/operations.yaml
name: Operations
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
from itsm_as_code.model.link import Link
from itsm_as_code.model.reference import Addresses
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives, suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each link whose kind its field does not allow."""
    addresses = Addresses(snapshot.kinds)
    for link in snapshot.graph.links:
        if not link.field.to:
            continue
        named = addresses.parse(link.text)
        if named is None or named[0].name in link.field.to:
            continue
        allowed = alternatives([with_article(name) for name in link.field.to])
        message = f"{link.text} is {with_article(named[0].name)}, but this field takes {allowed}"
        target = snapshot.records.get(link.target or "")
        ends = (OtherEnd(target.file, (), f"is {with_article(target.kind.name)}"),) if target is not None else ()
        advice = _advice(snapshot, link, named[1])
        yield Fault(snapshot.records[link.source].file, link.path, message + advice, others=ends)


def _advice(snapshot: Snapshot, link: Link, id_: str) -> str:
    kinds = [snapshot.kinds[name] for name in link.field.to if name in snapshot.kinds]
    named = [(kind.name, snapshot.records.get(kind.address(id_))) for kind in kinds]
    near = [record.address for name, record in named if record is not None and record.kind.name == name]
    return suggestion(near) or "; link to one"
