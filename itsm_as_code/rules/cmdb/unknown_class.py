"""A class of CI that nobody has defined.

Lists, rules and reports go by class; a misspelt one drops its CI out of all of them.

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
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each CI whose class is not configured."""
    known = snapshot.config.ci_classes
    for ci in snapshot.of("ci"):
        name = ci.fields.get("class")
        if isinstance(name, str) and name not in known:
            advice = suggestion(nearest(name, list(known))) or "; choose another, or add it to ci_classes in itsm.yaml"
            yield Fault(ci.file, ("class",), f"{name} is no class of CI{advice}")
