"""An edit takes a record to a state that cannot follow the one it had.

A lifecycle says which states may follow which, so that no step that matters is skipped. A single snapshot shows only
where a record stands; where it stood before shows the step. So a retired machine does not run again because somebody
edits one word, and an incident that was closed is not new again.

Go through the states that are allowed; more than one step of the lifecycle may be taken at once. Where every change of
state is an entry of the timeline, the new entries must tell the whole way, below those that were there. It is the
lifecycle of before that counts: one that the same edit changes counts from the next on.

Wrong:

Before:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: retired
owner: team:operations
```

```yaml
# records/teams/operations.yaml
name: Operations
```

After:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational  # <- fault
owner: team:operations
```

Right:

After:

```yaml
# records/cis/web-02.yaml
title: Web server 2, in the case of the first one
class: server
state: operational
owner: team:operations
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.difference import RecordEdit
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.transitions import reached, transitions
from itsm_as_code.snapshot.wording import not_to_follow, what_follows

SEVERITY = "error"

_CHANGED_LIFECYCLE = "; the lifecycle of before counts, so change the lifecycle in an edit of its own first"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield one fault for each record that comes to its state by no way of its kind's lifecycle in base."""
    for edit in step.continued:
        base, head = edit.ends
        if not base.kind.states or not head.valid:
            continue
        if base.kind.logged and not any(base.timeline[position].get("type") == "transition" for position in edit.lost):
            yield from _untold(edit)
        else:
            # A timeline that was rewritten is told by another rule; what is left to judge are the two states.
            yield from _unreachable(edit)


def _unreachable(edit: RecordEdit) -> Iterator[Fault]:
    base, head = edit.ends
    message = _no_way(base.kind, base.state, head.state)
    if message:
        yield Fault(head.file, ("state",), message + _remark(head.kind, base.state, head.state))


def _untold(edit: RecordEdit) -> Iterator[Fault]:
    """Yield a fault where the new transitions do not lead from where base's timeline ends to head's state."""
    base, head = edit.ends
    told, added = transitions(head), set(edit.added)
    new = [transition for transition in told if transition.position in added]
    if not new and edit.field("state") is None:
        return
    state = reached(base)
    last_kept = max((transition.position for transition in told if transition.position not in added), default=-1)
    for transition in new:
        path = ("timeline", transition.position, "to")
        if transition.position < last_kept:
            message = (
                f"this transition to {transition.to} stands above one that was there before;"
                " what happened earlier is told by a note, not by another way"
            )
            yield Fault(head.file, path, message)
            return
        message = not_to_follow(base.kind, state, transition.to)
        if message:
            yield Fault(head.file, path, message + _remark(head.kind, state, transition.to))
            return
        state = transition.to
    if state != head.state:
        message = _no_way(base.kind, state, head.state) or (
            f"state went from {state} to {head.state} without a word;"
            f" add {{type: transition, to: {head.state}}} to the timeline, or write {state}"
        )
        yield Fault(head.file, ("state",), message)


def _no_way(kind: Kind, start: str, end: str) -> str:
    """Return that no steps of the lifecycle lead from one state to the other; empty where some do."""
    if start == end or start not in kind.states:
        return ""
    if end not in kind.states:
        return not_to_follow(kind, start, end)
    known, queue = {start}, [start]
    for state in queue:
        fresh = [to for to in kind.states[state].to if to not in known and to in kind.states]
        known.update(fresh)
        queue.extend(fresh)
    if end in known:
        return ""
    return f"{with_article(kind.name)} in state {start} cannot become {end}; {what_follows(kind.states[start])}"


def _remark(kind: Kind, start: str, end: str) -> str:
    """Return that head's lifecycle would allow it, where it does."""
    allowed = end in kind.states and (start not in kind.states or not _no_way(kind, start, end))
    return _CHANGED_LIFECYCLE if allowed else ""
