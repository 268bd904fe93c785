"""An approval waits for an answer that nobody can give.

Its `when` names a question that the form does not ask, or an answer that the question does not take. So the condition
is never met, and what somebody should have agreed to is handed out unasked.

Write the question's `name` and an answer as the form has them.

Wrong:

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: team:workplace
form:
  - {name: model, label: Which model?, type: choice, options: [standard, workstation]}
  - {name: abroad, label: Will it be used abroad?, type: boolean}
approvals:
  - {from: team:finance, when: {model: work-station}}  # <- fault
  - {from: team:security, when: {abraod: true}}  # <- fault
```

```yaml
# records/teams/finance.yaml
name: Finance
# records/teams/security.yaml
name: Security
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
  - {name: model, label: Which model?, type: choice, options: [standard, workstation]}
  - {name: abroad, label: Will it be used abroad?, type: boolean}
approvals:
  - {from: team:finance, when: {model: workstation}}
  - {from: team:security, when: {abroad: true}}
```
"""

from collections.abc import Iterator
from dataclasses import replace

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.rules.precedence import speaks_over
from itsm_as_code.snapshot.form import compile_form
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each answer in an approval's condition that the form of a live item cannot get."""
    for item in snapshot.of("catalog-item"):
        if not item.is_final and any("when" in approval for approval in item.mappings("approvals")):
            yield from _faults(item)


def _faults(item: Record) -> Iterator[Fault]:
    form = compile_form(item)
    questions = form["properties"]
    validator = SchemaValidator({**form, "required": []})
    for number, approval in enumerate(item.mappings("approvals")):
        path = ("approvals", number, "when")
        wanted = approval.get("when", {})
        for name in wanted:
            if name not in questions:
                message = f"the form asks nothing called {name}{did_you_mean(name, questions)}, so this never holds"
                yield Fault(item.file, (*path, name), message, at_key=True)
        known = {name: answer for name, answer in wanted.items() if name in questions}
        found = list(validator.faults(item.file, known))
        for fault in found:
            if not any(other.path == fault.path and speaks_over(other.rule, fault.rule) for other in found):
                yield replace(fault, path=(*path, *fault.path), message=f"{fault.message}; so this never holds")
