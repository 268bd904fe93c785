"""A record is deleted.

What happened stays on record: a change, an incident or a request is never deleted, whatever came of it. Machines,
services and licences live on in the history of others; they are retired first, and go in a later edit, once nothing
names them any more. What has no lifecycle, a person, a team or a service level agreement, goes when nothing names it.

Restore the file. Move the record to a final state instead; of somebody who left write `until`.

Wrong:

Before:

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

After:

```yaml
# records/cis/web-01.yaml (deleted)  # <- fault
```

Right:

After:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: retired
owner: team:operations
```
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.link import Link
from itsm_as_code.model.place import Place
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_NAMED = 3
"""Records that name the one that is gone and that a message names in turn."""


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each record that is gone and should not be; one that has a new id is not gone."""
    gone = [edit.record for edit in step.edits.values() if edit.is_removed and edit.address not in step.renumbered]
    broken = _broken(step) if gone else {}
    for record in gone:
        links = [link for name in _names(record) for link in broken.get(name, ())]
        message = _message(record, links)
        if message:
            ends = tuple(OtherEnd(step.head.records[link.source].file, link.path, "still names it") for link in links)
            yield Fault(record.file, (), message, place=Place(record.file, 1, 1), others=ends)


def _message(record: Record, links: Sequence[Link]) -> str:
    """Return why a record must not go; empty where it may."""
    kind = record.kind
    finals = alternatives([state.name for state in kind.states.values() if state.final])
    if kind.logged:
        return f"{record.address} was deleted, and what happened stays on record; restore it, and move it to {finals}"
    if kind.states and record.valid and not record.is_final:
        return (
            f"{record.address} was deleted while {record.state};"
            f" restore it, move it to {finals} first, and delete it later"
        )
    if not links:
        return ""
    sources = list(dict.fromkeys(link.source for link in links))
    more = [f"{len(sources) - _NAMED:,} more"] if len(sources) > _NAMED else []
    names = alternatives([*sources[:_NAMED], *more], last="and")
    verb = "names" if len(sources) == 1 else "name"
    instead = ", and write until" if kind.name == "person" else ", or take that link away"
    return f"{record.address} was deleted, and {names} still {verb} it; restore it{instead}"


def _names(record: Record) -> Iterator[str]:
    """Yield what links may call a record, in lower case."""
    for name in (record.id, *record.strings("aliases")):
        yield record.kind.address(name).lower()


def _broken(step: Step) -> Mapping[str, Sequence[Link]]:
    """Return the links of head that lead nowhere, by what they name in lower case."""
    found: dict[str, list[Link]] = defaultdict(list)
    for link in step.head.graph.broken:
        found[link.text.lower()].append(link)
    return found
