"""A request that is fulfilled while work on it is not done.

Whoever asked is told that all is there, and the rest is forgotten: the access that was never set up, the old laptop
that nobody collected.

Finish the tasks, or cancel those that are not needed, by a `task` entry in the timeline; or move the request back to
`in-fulfilment`. A task without an entry is open. Records imported as history are exempt.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: An account for Dana
item: catalog-item:account
state: fulfilled
requested_by: person:dana
assignment: {team: team:workplace}
tasks:
  - {id: create, title: Create the account}
  - id: tell  # <- fault
    title: Tell her the first password
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-04T10:20:00+01:00, by: person:erik, type: task, id: create, state: done}
  - {at: 2026-03-04T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
```

```yaml
# records/catalog/account.yaml
title: Account
state: active
owner: team:workplace
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
title: An account for Dana
item: catalog-item:account
state: fulfilled
requested_by: person:dana
assignment: {team: team:workplace}
tasks:
  - {id: create, title: Create the account}
  - {id: tell, title: Tell her the first password}
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
  - {at: 2026-03-04T09:05:00+01:00, by: person:erik, type: transition, to: approved}
  - {at: 2026-03-04T10:00:00+01:00, by: person:erik, type: transition, to: in-fulfilment}
  - {at: 2026-03-04T10:20:00+01:00, by: person:erik, type: task, id: create, state: done}
  - {at: 2026-03-04T10:25:00+01:00, by: person:erik, type: task, id: tell, state: done}
  - {at: 2026-03-04T10:30:00+01:00, by: person:erik, type: transition, to: fulfilled}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.snapshot.fulfilment import task_states
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_OVER = frozenset({"fulfilled", "closed"})
_SETTLED = frozenset({"done", "canceled"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each task, neither done nor canceled, of a request that is fulfilled or closed."""
    for request in snapshot.of("request"):
        if request.state not in _OVER or request.is_history or not request.mappings("tasks"):
            continue
        states = task_states(request)
        for position, task in enumerate(request.mappings("tasks")):
            state = states.get(task["id"], "open")
            if state not in _SETTLED:
                message = f"this request is {request.state}, but its task {task['id']} is {state}; finish or cancel it"
                yield Fault(request.file, ("tasks", position, "id"), message)
