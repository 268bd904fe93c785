"""A relation between CIs of classes that it is not meant for.

A database that is powered by an application, or a server that runs on a document, is a slip: the wrong type of
relation, or the wrong CI. The impact of an outage then follows a way that does not exist.

Choose the relation, or the CI, that is meant; the message names the classes that may stand there. Which classes a
type of relation joins is said in `itsm.yaml`, with `from` and `to` of `relation_types`; a class may stand wherever
the one that it specialises may. Retired CIs are left alone.

Wrong:

```yaml
# records/cis/orders-db.yaml
title: Database of the orders
class: database
state: operational
owner: team:operations
relations:
  - {type: powered_by, to: ci:ups-01}  # <- fault
```

```yaml
# records/cis/host-07.yaml
title: Host 7
class: server
state: operational
owner: team:operations
relations:
  - {type: powered_by, to: ci:ups-01}
```

```yaml
# records/cis/ups-01.yaml
title: UPS of the server room
class: power
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/orders-db.yaml
title: Database of the orders
class: database
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:host-07}
```
"""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.config import RelationType
from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.classes import lineages
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each relation of a live CI whose own class, or the other's, may not stand there."""
    classes = lineages(snapshot.config)
    for ci in snapshot.of("ci"):
        if ci.is_final:
            continue
        for link in snapshot.graph.outgoing.get(ci.address, ()):
            relation = snapshot.config.relation_types.get(link.name)
            target = snapshot.records.get(link.target or "")
            if link.path[0] == "relations" and relation is not None and target is not None:
                yield from _misplaced(ci, link, relation, target, classes)


def _misplaced(
    ci: Record, link: Link, relation: RelationType, target: Record, classes: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    if not _may_stand(ci, relation.sources, classes):
        message = (
            f"{link.name} is for {alternatives(relation.sources)}, and this is of the class"
            f" {ci.fields['class']}; choose another relation"
        )
        yield Fault(ci.file, (*link.path[:-1], "type"), message)
    elif not _may_stand(target, relation.targets, classes):
        message = (
            f"{link.name} leads to {alternatives(relation.targets)}, and {link.text} is of the class"
            f" {target.fields['class']}; choose another relation or CI"
        )
        ends = (OtherEnd(target.file, ("class",), f"is of the class {target.fields['class']}"),)
        yield Fault(ci.file, link.path, message, others=ends)


def _may_stand(ci: Record, allowed: Sequence[str], classes: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a CI's class is one of the allowed ones; what nobody has defined is another rule's matter."""
    above = classes.get(str(ci.fields.get("class")))
    return not allowed or above is None or not above.isdisjoint(allowed)
