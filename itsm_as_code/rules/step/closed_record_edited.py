"""A record that was closed is edited.

Work on it has ended. Reports count it, service levels were computed from it, others refer to what it says. Whoever
edits it now changes the past.

Write what is new where it belongs: in a new record that links to this one. To put something right add a `correction`
to the timeline. Still allowed are

- entries `correction` and `exception`, and a `note` of a time before the end that comes late;
- `links`, `external` and `aliases`; in other fields a link that was not there, to an incident, problem, known error,
  change or request;
- actions of a review, and a review that was not held before; what a request's receiver gives back (`returns`); how a
  retired asset was disposed of (`disposal`); a stricter `visibility`;
- what the record's lifecycle allows: a problem may be opened again, and then edited.

A record that its schema did not accept may be put right, as may a link that led nowhere; and links follow a record
that gets a new id.

Wrong:

Before:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: closed
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

After:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: closed
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: vendor-fix, notes: Restarted the connection pool.}  # <- fault
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: transition, to: closed}
```

Right:

After:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
state: closed
impact: high
urgency: high
assignment: {team: team:operations}
resolution: {code: fixed, notes: Restarted the connection pool.}
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T04:20:00+01:00, by: person:alice, type: transition, to: resolved}
  - {at: 2026-03-05T09:00:00+01:00, by: person:alice, type: transition, to: closed}
  - at: 2026-03-09T10:00:00+01:00
    by: person:alice
    type: correction
    of: 2026-03-04T04:20:00+01:00
    reason: The vendor had mended the driver before the restart.
```
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.additions import rewritten
from itsm_as_code.snapshot.difference import ABSENT, FieldEdit, RecordEdit
from itsm_as_code.snapshot.mending import without_mended_links
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.transitions import transitions

SEVERITY = "error"

_FREE = frozenset({"links", "external", "aliases", "id", "kind", "state"})
"""Fields that say nothing of what happened, or that other rules watch over."""
_LATER: Mapping[str, Sequence[str]] = {"asset": ("disposal",), "request": ("returns",)}
"""Fields that are there to be filled in after the end."""
_REVIEWS = frozenset({"review", "pir"})
_ENTRIES = frozenset({"correction", "exception"})
_STRICTER = ("public", "internal", "restricted")


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each field and each new entry of a record that was in a final state and still is."""
    for edit in step.continued:
        base, head = edit.ends
        end = base.kind.states.get(head.state)
        if base.is_final and base.valid and head.valid and end is not None and end.final and not _was_reopened(edit):
            left = without_mended_links(edit, step)
            if left is not None:
                yield from _fields(left, _late_links(step, base.kind))
                yield from _entries(left)


def _was_reopened(edit: RecordEdit) -> bool:
    """Return whether the record was opened again and has come to an end again since."""
    state = edit.ends[0].lifecycle_state
    return state is not None and any(entry.get("to") in state.to for entry in edit.new_entries)


def _late_links(step: Step, kind: Kind) -> AbstractSet[Sequence[str]]:
    """Return the fields of a kind that link to what happens: it is often found out later that two things belong."""
    logged = {name for name, each in step.base.kinds.items() if each.logged}
    return {link.path for link in kind.links if link.to and logged.issuperset(link.to)}


def _fields(edit: RecordEdit, late_links: AbstractSet[Sequence[str]]) -> Iterator[Fault]:
    base, head = edit.ends
    if head.is_history and not base.is_history:
        message = f"{base.address} is no import, and history excuses from paperwork; take it back, or add an exception"
        yield Fault(head.file, ("external",), message)
    for field in edit.fields:
        if not _may_be_edited(edit, field, late_links):
            message = (
                f"{with_article(base.kind.name)} that is {base.state} stays as it is, and {field.name} was edited;"
                " restore it, and add a correction"
            )
            yield Fault(head.file, field.path, message)


def _may_be_edited(edit: RecordEdit, field: FieldEdit, late_links: AbstractSet[Sequence[str]]) -> bool:
    base, head = edit.ends
    top = str(field.path[0])
    if top in _FREE or top in _LATER.get(base.kind.name, ()):
        return True
    if top == "visibility":
        return _STRICTER.index(head.visibility) >= _STRICTER.index(base.visibility)
    if top in _REVIEWS:
        return field.old is ABSENT if len(field.path) == 1 else _keeps_actions(edit, field)
    return field.old is ABSENT and _pattern(field) in late_links


def _keeps_actions(edit: RecordEdit, field: FieldEdit) -> bool:
    """Return whether a field of a review is one of its actions, none of which has gone."""
    before, after = (record.get(f"{field.path[0]}.actions") for record in edit.ends)
    fewer = isinstance(before, list) and (not isinstance(after, list) or len(after) < len(before))
    return field.path[1] == "actions" and not fewer


def _pattern(field: FieldEdit) -> Sequence[str]:
    """Return the field's path as a kind writes that of a link, of a whole list that of its items."""
    steps = tuple("*" if isinstance(step, int) else step for step in field.path)
    return (*steps, "*") if isinstance(field.new, list) else steps


def _entries(edit: RecordEdit) -> Iterator[Fault]:
    base, head = edit.ends
    old = set(rewritten(edit).values())
    for position in edit.added:
        entry = head.timeline[position]
        type_ = entry.get("type")
        if position in old or type_ in _ENTRIES or (type_ == "transition" and base.kind.logged):
            continue
        if type_ != "note" or not _is_from_before_the_end(base, entry):
            message = (
                f"{with_article(base.kind.name)} that is {base.state} takes corrections, and this is a {type_};"
                " write it in a new record that links to this one"
            )
            yield Fault(head.file, ("timeline", position), message)


def _is_from_before_the_end(base: Record, entry: Mapping[str, Any]) -> bool:
    end = max((transition.position for transition in transitions(base)), default=None)
    ended = None if end is None else parse_time(str(base.timeline[end].get("at")))
    at = parse_time(str(entry.get("at")))
    return ended is not None and at is not None and at <= ended
