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

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from itsm_as_code.model.commit import Commit
from itsm_as_code.model.finding import Fault
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.additions import added_entries
from itsm_as_code.snapshot.authors import Authors
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each new entry by somebody else than its authors, and for each address that nobody has."""
    if not step.commits:
        return
    authors, names = Authors(step), _Names(step)
    if not authors.know_anybody:
        return
    strangers: set[str] = set()
    for record, positions in added_entries(step):
        for position in () if record.is_history else positions:
            path = ("timeline", position, "by")
            by = names.target(record.address, path)
            commits = authors.commits(record, position)
            people = frozenset(person for commit in commits for person in authors.people(commit))
            if not commits or by is None or names.may_write(people, by):
                continue
            if people:
                message = f"{by} made this entry, and {_listed(people)} committed it; {_ADVICE}"
            else:
                email = _stranger(commits)
                if email in strangers:
                    continue
                strangers.add(email)
                message = f"nobody has the address {shortened(email)}, from which this was committed; {_ADVICE_TO_ADD}"
            yield Fault(record.file, path, message)


_ADVICE = "write who it was, name both as authors, or list recorders in itsm.yaml"
_ADVICE_TO_ADD = "add it to the emails of a person"
_SHOWN = 3


class _Names:
    """Whose name may be written by whom, as base's settings say."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._listed = frozenset(step.base.config.recorders)
        self._recorders = frozenset(person for each in self._listed for person in (each, *self._members(each)))

    def target(self, address: str, path: tuple[str | int, ...]) -> str | None:
        """Return whom a link of head leads to; None where it leads nowhere, which is told by another rule."""
        links = self._step.head.graph.outgoing.get(address, ())
        return next((link.target for link in links if link.path == path), None)

    def may_write(self, people: AbstractSet[str], by: str) -> bool:
        """Return whether one of the people may have written in this name."""
        return not people.isdisjoint({by, *self._members(by), *self._recorders}) or by in self._listed

    def _members(self, team: str) -> frozenset[str]:
        """Return the members of a team in base and in head."""
        return frozenset(
            link.target
            for snapshot in (self._step.base, self._step.head)
            for link in snapshot.graph.outgoing.get(team, ())
            if team.startswith("team:") and link.path[0] == "members" and link.target is not None
        )


def _listed(people: AbstractSet[str]) -> str:
    names = sorted(people)
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return alternatives([*names[:_SHOWN], *more])


def _stranger(commits: Sequence[Commit]) -> str:
    return commits[0].author_email
