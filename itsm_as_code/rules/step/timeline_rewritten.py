"""A timeline entry that was there is gone or altered.

The timeline is what the auditor, the customer and the review after the outage rely on. It is only added to: whoever
reads an entry today must find it tomorrow, and numbers that were computed from it must not change.

Restore the entry, and add a `correction` that names it by its `at` and says what is right. Entries may move: into the
record or into a file of their own. Late entries may be added above others. What a schema does not accept may be put
right, and so may a link that leads nowhere.

Wrong:

Before:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:alice, type: note, text: It is the database.}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

After:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - at: 2026-03-04T03:20:00+01:00
    by: person:alice
    type: note
    text: It is the network.  # <- fault
```

Right:

After:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
  - {at: 2026-03-04T03:20:00+01:00, by: person:alice, type: note, text: It is the database.}
  - at: 2026-03-04T03:41:00+01:00
    by: person:alice
    type: correction
    of: 2026-03-04T03:20:00+01:00
    reason: It is the network; the database is well.
```
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.additions import rewritten
from itsm_as_code.snapshot.difference import RecordEdit
from itsm_as_code.snapshot.mending import without_mended_links
from itsm_as_code.snapshot.step import Step
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"


def check_step(step: Step) -> Iterator[Fault]:
    """Yield a fault for each entry of base that head has not as it was."""
    wrong = {(fault.file, fault.path[:2]) for fault in step.base.faults}
    for edit in step.continued:
        left = without_mended_links(edit, step) if edit.lost else None
        if left is not None:
            yield from _faults(left, wrong)


def _faults(edit: RecordEdit, wrong: AbstractSet[tuple[str, FieldPath]]) -> Iterator[Fault]:
    base, head = edit.ends
    became = rewritten(edit)
    for lost in edit.lost:
        old = base.timeline[lost]
        if lost not in became:
            message = f"{_name(old)} is gone; restore it, and put right what is wrong by a correction"
            yield Fault(head.file, ("timeline",), message, at_key=True)
        elif (base.file, ("timeline", lost)) not in wrong:
            new = head.timeline[became[lost]]
            fields = [field for field in dict.fromkeys((*new, *old)) if old.get(field) != new.get(field)]
            path: FieldPath = ("timeline", became[lost])
            message = (
                f"{alternatives(fields, last='and')} of {_name(old)} was edited;"
                " restore it, and put right what is wrong by a correction"
            )
            yield Fault(head.file, (*path, fields[0]) if fields else path, message)


def _name(entry: Mapping[str, Any]) -> str:
    at, by, type_ = (shortened(str(entry.get(field, "…"))) for field in ("at", "by", "type"))
    return f"the entry {type_} of {at} by {by}"
