"""A request that was approved by the person whom it is for.

The catalogue asks for a second pair of eyes, on money or on access. Whoever approves for themselves is none, and it
is the first thing that auditors look for.

Have somebody approve it who is asked to: move it back to `awaiting-approval`, or cancel it and ask again. Where
somebody asks for another, whoever asked may not approve either, unless they are the line manager of whom it is for.

A request that waited for approval needed one; so does one whose item asks for approvals that its answers call for,
while it is not in a final state. In a final state any line manager may have been that of whom it is for, since people
get other managers. What came from elsewhere as history is exempt.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
state: approved
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - at: 2026-03-04T09:05:00+01:00
    by: person:dana  # <- fault
    type: transition
    to: approved
```

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
approvals: [{from: line-manager}]
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
state: approved
requested_by: person:dana
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:dana, type: transition, to: awaiting-approval}
  - {at: 2026-03-04T11:30:00+01:00, by: person:erik, type: transition, to: approved}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.fulfilment import Fulfilment, receiver
from itsm_as_code.snapshot.selection import targets
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.transitions import Transition, transitions

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each approval, where one was needed, by whoever asked or whom it is for."""
    fulfilment = Fulfilment(snapshot)
    for request in snapshot.of("request"):
        if request.is_history:
            continue
        for transition in transitions(request):
            if transition.to == "approved" and _needs_approval(request, transition, fulfilment):
                yield from _own(snapshot, request, transition.position)


def _needs_approval(request: Record, transition: Transition, fulfilment: Fulfilment) -> bool:
    if transition.start == "awaiting-approval":
        return True
    item = None if request.is_final else fulfilment.item(request)
    answers = request.fields.get("answers", {})
    return item is not None and any(
        all(name in answers and answers[name] == value for name, value in approval.get("when", {}).items())
        for approval in item.mappings("approvals")
    )


def _own(snapshot: Snapshot, request: Record, position: int) -> Iterator[Fault]:
    path = ("timeline", position, "by")
    links = snapshot.graph.outgoing.get(request.address, ())
    approver = next((link.target for link in links if link.path == path), None)
    user = receiver(snapshot, request)
    if approver is None or user is None or snapshot.records[approver].kind.name != "person":
        return
    is_asker = _names(snapshot, request, "requested_by", approver)
    if approver == user.address:
        yield Fault(request.file, path, f"{approver} approved this, and it is for {approver}; somebody else must agree")
    elif is_asker and not _may_have_managed(snapshot, request, user, approver):
        yield Fault(request.file, path, f"{approver} approved this, and asked for it; somebody else must agree")


def _may_have_managed(snapshot: Snapshot, request: Record, user: Record, approver: str) -> bool:
    if request.is_final:
        return any(link.path == ("manager",) for link in snapshot.graph.incoming.get(approver, ()))
    return _names(snapshot, user, "manager", approver)


def _names(snapshot: Snapshot, record: Record, field: str, address: str) -> bool:
    return any(target.address == address for target in targets(snapshot, record, field))
