"""A class of CI that nobody has defined.

Lists, rules and reports go by class; a misspelt one drops its CI out of all of them. A freeze, a change template or a
catalogue item that names one holds for nothing: no CI is ever of that class.

Choose one of the classes, or add your own to `ci_classes` in `itsm.yaml`.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: sevrer  # <- fault
state: operational
owner: team:operations
```

```yaml
# records/freezes/year-end.yaml
title: Calm at the end of the year
level: hard
start: 2026-12-20T00:00:00+01:00
end: 2027-01-03T00:00:00+01:00
scope: {classes: [databse]}  # <- fault
reason: Half of the staff is away.
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/freezes/year-end.yaml
title: Calm at the end of the year
level: hard
start: 2026-12-20T00:00:00+01:00
end: 2027-01-03T00:00:00+01:00
scope: {classes: [database]}
reason: Half of the staff is away.
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


_LISTED_BY = (("freeze", ("scope", "classes")), ("change-template", ("allowed", "classes")))


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each class that is not configured and that a CI, or a live record about CIs, names."""
    known = snapshot.config.ci_classes
    for record, path, name in _named(snapshot):
        if name not in known:
            advice = suggestion(nearest(name, list(known))) or "; choose another, or add it to ci_classes in itsm.yaml"
            yield Fault(record.file, path, f"{name} is no class of CI{advice}")


def _named(snapshot: Snapshot) -> Iterator[tuple[Record, FieldPath, str]]:
    for ci in snapshot.of("ci"):
        name = ci.fields.get("class")
        if isinstance(name, str):
            yield ci, ("class",), name
    for kind, path in _LISTED_BY:
        for record in snapshot.of(kind):
            classes = None if record.is_final else record.get(".".join(path))
            for position, name in enumerate(classes or ()):
                yield record, (*path, position), name
    for item in snapshot.of("catalog-item"):
        for position, step in enumerate(() if item.is_final else item.mappings("fulfilment")):
            # The classes of assets are free.
            if step.get("produces") == "ci" and "class" in step:
                yield item, ("fulfilment", position, "class"), step["class"]
