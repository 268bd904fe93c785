"""A freeze that is in force is made shorter, smaller or softer.

People were told when nothing changes, and plan by it. A freeze that loses a day, a service or its hardness by an edit
among others is a freeze that nobody lifted; and whoever wants a change through would only have to edit it first.

Lift the freeze for the one change, as its `lift` says. If the whole freeze is to end, move it to `lifted`, and write a
new one for what goes on. Who may do so is for those who review the edit.

Wrong:

Before:

```yaml
# records/freezes/year-end.yaml
title: Year's end
state: active
level: hard
start: 2026-12-18T18:00:00+01:00
end: 2027-01-04T08:00:00+01:00
scope: {tiers: [1, 2]}
allow: [emergency]
reason: Half of the year's orders come in these weeks.
```

After:

```yaml
# records/freezes/year-end.yaml
title: Year's end
state: active
level: hard
start: 2026-12-18T18:00:00+01:00
end: 2026-12-27T08:00:00+01:00  # <- fault
scope: {tiers: [1, 2]}
allow: [emergency]
reason: Half of the year's orders come in these weeks.
```

Right:

After:

```yaml
# records/freezes/year-end.yaml
title: Year's end
state: active
level: hard
start: 2026-12-18T18:00:00+01:00
end: 2027-01-06T08:00:00+01:00
scope: {tiers: [1, 2]}
allow: [emergency]
reason: Half of the year's orders come in these weeks.
```
"""

from collections.abc import Iterator, Sequence
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "warning"

_SCOPES = ("services", "cis", "classes", "environments", "tiers")
_ADVICE = "; restore it, or move the freeze to lifted and write a new one"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each way in which a freeze that is active in base binds less in head.

    One that is lifted says so; one that is gone is told by record-deleted.
    """
    for edit in step.continued:
        base, head = edit.ends
        if base.kind.name == "freeze" and base.state == "active" and base.valid and head.valid:
            if head.state == "active":
                yield from (Fault(head.file, path, f"{words}{_ADVICE}") for path, words in _weaker(base, head))
            elif head.state != "lifted":
                message = f"the freeze was active and is {head.state} now, so that it binds nobody{_ADVICE}"
                yield Fault(head.file, ("state",), message)


def _weaker(base: Record, head: Record) -> Iterator[tuple[FieldPath, str]]:
    """Yield each field in which head's freeze binds less than base's, with words for it."""
    for field, words in (("start", "begins later"), ("end", "ends earlier")):
        old, new = (parse_time(str(record.get(field))) for record in (base, head))
        if old is not None and new is not None and (new > old if field == "start" else new < old):
            yield (field,), f"the freeze {words} than before ({base.get(field)})"
    if base.get("level") == "hard" and head.get("level") == "soft":
        yield ("level",), "the freeze was hard and is soft now"
    for position, type_ in enumerate(_items(head.get("allow"))):
        if type_ not in base.strings("allow"):
            yield ("allow", position), f"the freeze lets {type_} changes through that it did not before"
    yield from _smaller(base, head)
    yield from _easier_to_lift(base, head)


def _smaller(base: Record, head: Record) -> Iterator[tuple[FieldPath, str]]:
    if head.get("scope.all") is True:
        return
    if base.get("scope.all") is True:
        yield ("scope",), "the freeze was for everything and is not any more"
        return
    for name in _SCOPES:
        old, new = (_items(record.get(f"scope.{name}")) for record in (base, head))
        gone = [str(item) for item in old if item not in new]
        if gone:
            yield ("scope", name), f"the freeze leaves out {alternatives(gone, last='and')} now"


def _easier_to_lift(base: Record, head: Record) -> Iterator[tuple[FieldPath, str]]:
    old, new = (record.get("lift.from") for record in (base, head))
    old_count, new_count = (_number(record.get("lift.count")) for record in (base, head))
    if new is None:
        return
    if old is None:
        yield ("lift",), f"nobody could lift the freeze, and {new} can now"
    elif old != new:
        yield ("lift", "from"), f"{old} could lift the freeze, and {new} can now"
    elif new_count < old_count:
        yield ("lift", "count"), f"{old_count} had to agree that the freeze is lifted, and it is {new_count} now"


def _items(value: Any) -> Sequence[Any]:  # noqa: ANN401 - any YAML value
    return value if isinstance(value, list) else []


def _number(value: Any) -> int:  # noqa: ANN401 - any YAML value
    return value if isinstance(value, int) else 1
