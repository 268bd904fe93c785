"""A form asks two questions under one name.

A request has one answer for a name, so one of the two questions can never be answered.

Give each question of the form a name of its own.

Wrong:

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
form:
  - {name: size, label: How large a screen?, type: choice, options: [small, large]}
  - {name: size, label: How much memory?, type: integer}  # <- fault
```

```yaml
# records/teams/workplace.yaml
name: Workplace
```

Right:

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
form:
  - {name: size, label: How large a screen?, type: choice, options: [small, large]}
  - {name: memory, label: How much memory?, type: integer}
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each question whose name an earlier one of its form has."""
    for item in snapshot.of("catalog-item"):
        labels: dict[str, tuple[str, int]] = {}
        for number, question in enumerate(item.mappings("form")):
            name = question["name"]
            if name in labels:
                message = f'"{labels[name][0]}" is asked as {name} already; give this question another name'
                ends = (OtherEnd(item.file, ("form", labels[name][1], "name"), "has this name already"),)
                yield Fault(item.file, ("form", number, "name"), message, others=ends)
            labels.setdefault(name, (question["label"], number))
