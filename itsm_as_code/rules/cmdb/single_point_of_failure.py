"""A machine that takes a tier 1 service down by failing alone.

The business stands still without a tier 1 service, and here one broken machine is enough for that. Often there is a
second one that the records do not know of, and sometimes there is none.

Looked at are machines: hardware, virtual machines and clusters, load balancers and firewalls. One that consists of
parts which can stand in for each other is none. What is found through another tier 1 service is told there. `itsm spof`
shows the rest: applications, certificates, rented services, other tiers.

While a service or CI cannot be read, nothing is said, and while a link of a record with `redundancy` leads nowhere,
nothing of what depends on that record: what was meant there may be the second one.

Put a second one beside it and write so with `redundancy`. If the risk is taken on purpose, waive this on the service
with an `exception` entry: it says who decided so and until when.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
state: live
owner: team:operations
depends_on:
  - ci:shop-app  # <- fault
```

```yaml
# records/cis/shop-app.yaml
title: Shop application
class: application
state: operational
owner: team:operations
relations:
  - {type: runs_on, to: ci:web-01}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
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

```yaml
# records/cis/web-02.yaml
title: Web server 2
class: server
state: operational
owner: team:operations
```
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.classes import lineages
from itsm_as_code.snapshot.lone_causes import lone_causes
from itsm_as_code.snapshot.network import KINDS, Need, Network, network_of
from itsm_as_code.snapshot.selection import all_read
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "warning"

_MACHINES = frozenset({"hardware", "virtual", "load-balancer", "firewall"})
_MADE_OF = frozenset({"runs_on", "hosted_on", "has_member", "contains"})
_TOP_TIER = 1
_NEEDS = ("relations", "depends_on", "redundancy")
_NAMED = 3


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each dependency of a live tier 1 service by which single machines take it down."""
    if not all_read(snapshot, *KINDS):
        return
    network = _as_meant(network_of(snapshot))
    services = [service for service in snapshot.of("service") if _is_top(service)]
    targets = [need.target for service in services for need in network.needs.get(service.address, ())]
    causes = lone_causes(network, [*(service.address for service in services), *targets])
    machines = _machines(snapshot, network)
    in_doubt = _in_doubt(snapshot, network)
    for service in services:
        if service.address in in_doubt:
            continue
        left = {cause for cause in causes[service.address] if cause in machines}
        for need in _tops_first(network, service, causes):
            below = network.records[need.target]
            found = [cause for cause in (need.target, *causes[need.target]) if cause in left]
            left.difference_update(found)
            if found and not _is_top(below):
                ends = tuple(
                    OtherEnd(network.records[cause].file, (), "takes it down alone") for cause in found[:_NAMED]
                )
                yield Fault(service.file, need.link.path, _message(network, found, need), others=ends)


def _as_meant(network: Network) -> Network:
    """Return the network with a spare where more must be up than there are: that has a rule of its own."""
    impossible = (group for groups in network.groups.values() for group in groups if group.least > len(group.members))
    owners = {group.owner for group in impossible}
    if not owners:
        return network
    mended = {
        owner: tuple(
            replace(group, least=1) if group.least > len(group.members) else group for group in network.groups[owner]
        )
        for owner in owners
    }
    return replace(network, groups={**network.groups, **mended})


def _in_doubt(snapshot: Snapshot, network: Network) -> AbstractSet[str]:
    """Return what fails with a record of which a dependency under redundancy leads nowhere.

    What was meant by that link may be what stands in.
    """
    broken = (link for link in snapshot.graph.broken if link.path[0] in _NEEDS)
    waiting = [link.source for link in broken if snapshot.records[link.source].fields.get("redundancy")]
    found = set(waiting)
    for address in waiting:
        fresh = {need.source for need in network.dependents.get(address, ())} - found
        found |= fresh
        waiting += fresh
    return found


def _tops_first(network: Network, service: Record, causes: Mapping[str, Sequence[str]]) -> Sequence[Need]:
    """Return what the service needs, first the tier 1 services, which tell what is found through them.

    One that fails with this service, in a circle, would leave it to this one to tell; it is left out.
    """
    needs = [
        need
        for need in network.needs.get(service.address, ())
        if not (_is_top(network.records[need.target]) and service.address in causes[need.target])
    ]
    return sorted(needs, key=lambda need: not _is_top(network.records[need.target]))


def _is_top(record: Record) -> bool:
    return record.kind.name == "service" and record.state == "live" and record.fields.get("tier") == _TOP_TIER


def _machines(snapshot: Snapshot, network: Network) -> frozenset[str]:
    """Return the CIs in use that are machines and not made of parts that can stand in for each other."""
    of_class: Mapping[str, frozenset[str]] = lineages(snapshot.config)
    return frozenset(
        ci.address
        for ci in network.records.values()
        if ci.kind.name == "ci"
        and of_class.get(str(ci.fields.get("class")), frozenset()) & _MACHINES
        and not any(
            group.spare and (group.over in _MADE_OF or not isinstance(_over(ci, group.position), str))
            for group in network.groups.get(ci.address, ())
        )
    )


def _over(ci: Record, position: int) -> object:
    return ci.mappings("redundancy")[position].get("over")


def _message(network: Network, found: Sequence[str], need: Need) -> str:
    # What stands nearest is named first: the record itself, if it is one of them.
    names = [network.records[cause].id for cause in sorted(found, key=lambda cause: cause != need.target)]
    rest = len(names) - _NAMED
    listed = alternatives([*names[:_NAMED], *([f"{rest} more"] if rest > 0 else [])], last="and")
    takes = "takes" if len(names) == 1 else "each take"
    return (
        f"{listed} {takes} this tier 1 service down alone; "
        f"add what can stand in and write redundancy, or waive this with a reason"
    )
