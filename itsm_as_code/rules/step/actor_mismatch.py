"""A timeline entry in the name of somebody else than the one who committed it.

The timeline says who did what, and git says who wrote that down. Where the two disagree, either the name is wrong, or
somebody speaks for another; and nobody knows whether that one knows.

Write your own name, or let the other one commit it; a second author is named by a trailer `Co-authored-by`. A service
desk that writes down what people tell, and bots, are listed in `recorders` in `itsm.yaml`: they may write in the names
of others, and others may commit what is in theirs. An address that nobody has belongs in the `emails` of a person.

Git knows an author's address only as the author wrote it, so this finds slips and no forgery. Where no person has an
address, nothing is said; nor of records that were imported as history.

Wrong:

Before:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
emails: [alice@example.org]
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
emails: [bruno@example.org]
```

After, committed by bruno@example.org at 2026-03-04T03:25:00+01:00:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:alice, type: note, text: It is the database.}  # <- fault
```

Right:

After, committed by bruno@example.org at 2026-03-04T03:25:00+01:00:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:bruno, type: note, text: Alice says it is the database.}
```
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.additions import added_entries
from itsm_as_code.snapshot.authors import Authors
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_ADVICE = "write who it was, name both as authors, or list recorders in itsm.yaml"
_UNKNOWN = "add it to the emails of a person"
_SHOWN = 3
"""People that a message names."""


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each new entry by somebody else than its authors, and for each address that nobody has."""
    if not step.commits:
        return
    authors, names = Authors(step), _Names(step)
    if not authors.know_anybody:
        return
    strangers: set[str] = set()
    for record, positions in added_entries(step):
        if record.is_history:
            continue
        made_by = _actors(step, record)
        for position in positions:
            by, commits = made_by.get(position), authors.commits(record, position)
            known = {commit.author_email: authors.people(commit) for commit in commits}
            people = frozenset().union(*known.values())
            if not commits or by is None or names.may_write(people, by):
                continue
            unknown = next((email for email, someone in known.items() if not someone), None)
            if unknown is None:
                message = f"{by} made this entry, and {_listed(people)} committed it; {_ADVICE}"
            elif unknown in strangers:
                continue
            else:
                strangers.add(unknown)
                message = f"nobody has the address {shortened(unknown)}, from which this was committed; {_UNKNOWN}"
            yield Fault(record.file, ("timeline", position, "by"), message)


class _Names:
    """Whose name may be written by whom, as the settings and teams of base say: no step makes its own recorders."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._listed = frozenset(step.base.config.recorders)
        self._recorders = frozenset(each for name in self._listed for each in (name, *_members(step.base, name)))

    def may_write(self, people: AbstractSet[str], by: str) -> bool:
        """Return whether one of the people may have written in this name."""
        if by in people or by in self._listed or not people.isdisjoint(self._recorders):
            return True
        return any(not people.isdisjoint(_members(held, by)) for held in (self._step.base, self._step.head))


def _members(snapshot: Snapshot, team: str) -> Iterator[str]:
    """Yield the members of a team; a person has none."""
    for link in snapshot.graph.outgoing.get(team, ()) if team.startswith("team:") else ():
        if link.path[0] == "members" and link.target is not None:
            yield link.target


def _actors(step: Step, record: Record) -> Mapping[int, str]:
    """Return who made each entry of a timeline of head; a link that leads nowhere is told by another rule."""
    return {
        int(link.path[1]): link.target
        for link in step.head.graph.outgoing.get(record.address, ())
        if link.path[0] == "timeline" and link.path[-1] == "by" and link.target is not None
    }


def _listed(people: AbstractSet[str]) -> str:
    names = sorted(people)
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return alternatives([*names[:_SHOWN], *more])
