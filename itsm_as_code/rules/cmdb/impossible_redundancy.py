"""A redundancy that cannot be as it is written.

`redundancy` says of which dependencies only some must be up. Where it asks for more than there are, or counts what
this record does not depend on, the impact of an outage comes out wrong, and trust in a second machine may be
misplaced. What is retired or canceled does not count.

`over` is the name of a relation as seen from this record (`runs_on`, `powered_by`, and `has_member` or `contains`
where others state it), or a list of records that it depends on. `min_up` is at most the number of those.

Wrong:

```yaml
# records/cis/shop-app.yaml
title: Shop application
class: application
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:web-01}
  - {type: runs_on, to: ci:web-02}
redundancy:
  - over: runs_on
    min_up: 3  # <- fault
  - over: has_member  # <- fault
    min_up: 1
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: server
state: operational
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/shop-app.yaml
title: Shop application
class: application
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:web-01}
  - {type: runs_on, to: ci:web-02}
redundancy:
  - {over: runs_on, min_up: 1}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.network import KINDS, Network, network_of, relation_names
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each entry over nothing, over what is no dependency, or that asks for too many.

    A dependency that is broken or that leads to something retired has a rule of its own and is counted here, so that
    one fault is told once.
    """
    network = network_of(snapshot)
    names = relation_names(snapshot)
    for kind in KINDS:
        for record in snapshot.of(kind):
            entries = record.mappings("redundancy")
            if entries and not record.is_final:
                yield from _strangers(snapshot, network, record)
                for position, entry in enumerate(entries):
                    yield from _entry_faults(snapshot, record, position, entry, names)


def _strangers(snapshot: Snapshot, network: Network, record: Record) -> Iterator[Fault]:
    """Yield a fault for each listed service or CI in use that the record does not depend on."""
    needed = {need.target for need in network.needs.get(record.address, ())}
    field = "depends_on" if record.kind.name == "service" else "relations"
    for link in snapshot.graph.outgoing.get(record.address, ()):
        if link.path[0] != "redundancy" or link.target == record.address or link.target not in network.records:
            continue
        if link.target not in needed:
            message = f"{link.text} is nothing that this depends on; add it to {field}, or take it out here"
            yield Fault(record.file, link.path, message)


def _entry_faults(
    snapshot: Snapshot, record: Record, position: int, entry: Mapping[str, Any], names: Mapping[str, bool]
) -> Iterator[Fault]:
    over, min_up = entry.get("over"), entry.get("min_up")
    network = network_of(snapshot)
    group = next((group for group in network.groups.get(record.address, ()) if group.position == position), None)
    members = len(group.members) if group is not None else 0
    doubtful = _doubtful(snapshot, network, record, position, over)
    if not members and not doubtful:
        if isinstance(over, str):
            yield Fault(record.file, ("redundancy", position, "over"), _over_nothing(snapshot, record, over, names))
        return
    if isinstance(min_up, int) and min_up > members + doubtful:
        there = f"there {'is' if members == 1 else 'are'} only {members}"
        message = f"{min_up} of these must be up, but {there} in use; lower min_up, or add what is missing"
        yield Fault(record.file, ("redundancy", position, "min_up"), message)


def _doubtful(snapshot: Snapshot, network: Network, record: Record, position: int, over: object) -> int:
    """Return how many links that the entry is over lead to nothing that is in use."""
    links = snapshot.graph.outgoing.get(record.address, ())
    if isinstance(over, str):
        named = [link for link in links if link.name == over and link.path[0] in ("relations", "depends_on")]
    else:
        named = [link for link in links if link.path[:2] == ("redundancy", position)]
    return sum(link.target not in network.records for link in named)


def _over_nothing(snapshot: Snapshot, record: Record, over: str, names: Mapping[str, bool]) -> str:
    if over not in names:
        known = [name for name, carries in names.items() if carries]
        return f"{over} is no relation{suggestion(nearest(over, known)) or '; name one that this record has'}"
    if not names[over]:
        return f"along {over} no failure reaches this record; name a relation along which it depends on others"
    if any(link.reverse == over for link in snapshot.graph.incoming.get(record.address, ())):
        return f"no {over} of this record is in use; take the entry out, or bring one back"
    return f"this record has no {over}; name a relation that it has, or list the records"
