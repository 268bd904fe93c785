"""A link to a record that does not exist.

The commonest defect of all: a typing slip, another spelling, or a record that was never written. Whoever follows
the link, a person at night or the impact graph, ends in nothing.

Correct the link (the message offers the nearest ids and aliases) or write the missing record.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operatoins  # <- fault
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
tier: 1
owner: team:operations
```
"""

from collections import Counter
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.link import Link
from itsm_as_code.model.reference import Addresses, is_id, path_of
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"

_RARE = 2
"""A name written at most so often may be a slip of one that is written often and has no record yet."""
_MAX_RARE = 300
"""How many rare names are compared with the frequent ones, so that a repository of broken links stays quick."""


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each well-formed link, of an allowed kind, that no record answers to."""
    if not snapshot.graph.broken:
        return
    addresses = Addresses(snapshot.kinds)
    adviser = _Adviser(snapshot)
    for link in snapshot.graph.broken:
        named = addresses.parse(link.text)
        if named is not None and (not link.field.to or named[0].name in link.field.to):
            message = f"{link.text} does not exist{adviser.advice(link, *named)}"
            yield Fault(snapshot.records[link.source].file, link.path, message)


class _Adviser:
    """Says what may be meant by a dangling link, each text once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._suggestions = Suggestions(snapshot)
        self._counts = Counter(link.text for link in snapshot.graph.broken)
        rare = (text for text, count in self._counts.items() if count <= _RARE)
        self._rare = {text for text, _ in zip(rare, range(_MAX_RARE), strict=False)}
        self._known: dict[tuple[str, tuple[str, ...]], str] = {}

    def advice(self, link: Link, kind: Kind, id_: str) -> str:
        """Return what follows "does not exist"."""
        key = (link.text, link.field.to)
        if key not in self._known:
            near = suggestion(self._suggestions.existing(link))
            create = f"; correct it, or write {path_of(kind, id_)}" if is_id(kind, id_) else ""
            self._known[key] = (near or create) + self._also_missing(link)
        return self._known[key]

    def _also_missing(self, link: Link) -> str:
        """Return the frequent name, of no record either, that a rare one may be a slip of."""
        if link.text in self._rare:
            for text, count in self._suggestions.frequent(link)[:1]:
                return f"; {count} links name {text}, which does not exist either"
        return ""
