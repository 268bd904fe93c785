"""A request does not answer its item's form.

Whoever fulfils it has to ask back, and what was ordered by a misspelt answer is the wrong thing. Each catalogue item
says in its `form` what must be known; the form is compiled to a schema (`itsm schema catalog-item:laptop` prints it)
and every request for the item is checked against it: answers that are missing, that nobody asked for, that are of the
wrong type or not among the options, and persons, configuration items or assets that do not exist.

Answer as the form asks, or change the form. Requests in a final state are left alone: the form may have changed since.

Wrong:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
requested_by: person:dana
answers:
  model: workstaton  # <- fault
  needed_by: soon  # <- fault
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
```

```yaml
# records/catalog/laptop.yaml
title: Laptop
state: active
owner: person:dana
form:
  - {name: model, label: Which model?, type: choice, required: true, options: [standard, workstation]}
  - {name: needed_by, label: By which day?, type: date, required: true}
```

```yaml
# records/people/dana.yaml
name: Dana Novak
```

Right:

```yaml
# records/requests/2026/REQ-20260304-k7qz.yaml
title: A laptop for Dana
item: catalog-item:laptop
requested_by: person:dana
answers:
  model: workstation
  needed_by: 2026-03-18
timeline:
  - {at: 2026-03-04T09:00:00+01:00, by: person:dana, type: created}
```
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.kind import LinkField
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import did_you_mean
from itsm_as_code.model.words import shortened, with_article
from itsm_as_code.reading.validation import SchemaValidator
from itsm_as_code.rules.precedence import speaks_over
from itsm_as_code.snapshot.form import compile_form
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.suggest import Suggestions
from itsm_as_code.snapshot.wording import alternatives, suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each answer that the form of a live request's item does not accept."""
    forms: dict[str, _Form] = {}
    suggestions: list[Suggestions] = []
    for request in snapshot.of("request"):
        item = None if request.is_final else _item(snapshot, request)
        if item is None:
            continue
        form = forms.get(item.address)
        if form is None:
            form = forms[item.address] = _Form(item)
        yield from form.faults(request)
        for link in form.links(request):
            if not suggestions:
                suggestions.append(Suggestions(snapshot))
            yield from _link_faults(snapshot, request, link, suggestions[0])


class _Form:
    """The form of one item, compiled once for all requests for it."""

    def __init__(self, item: Record) -> None:
        schema = compile_form(item)
        self._address = item.address
        self._required: Sequence[str] = schema["required"]
        self._named = {
            name: kind
            for name, words in schema["properties"].items()
            for kind in words.get("x-itsm-link", {}).get("to", ())
        }
        self._questions = list(schema["properties"])
        self._validator = SchemaValidator(schema)

    def faults(self, request: Record) -> Iterator[Fault]:
        """Yield what the form's schema does not accept, at the answers."""
        answers: Mapping[str, Any] = request.fields.get("answers", {})
        if answers and not self._questions:
            message = f"{self._address} asks nothing; delete the answers, or add the questions to its form"
            yield Fault(request.file, ("answers",), message, at_key=True)
        elif not answers and self._required:
            path = ("answers",) if "answers" in request.fields else ("item",)
            names = alternatives(self._required, last="and")
            yield Fault(request.file, path, f"{self._address} asks for {names}; write {_written(self._required)}")
        elif answers:
            found = list(self._validator.faults(request.file, answers))
            for fault in found:
                if not any(other.path == fault.path and speaks_over(other.rule, fault.rule) for other in found):
                    yield replace(fault, path=("answers", *fault.path), message=self._said(fault))

    def _said(self, fault: Fault) -> str:
        """Return the words of a fault of the form's schema; of an answer that nobody asked for in a form's own."""
        if fault.rule != "unknown-field":
            return fault.message
        name = str(fault.path[-1])
        near = did_you_mean(name, self._questions) or f"; it asks for {alternatives(self._questions, last='and')}"
        return f"the form asks nothing called {shortened(name)}{near}"

    def links(self, request: Record) -> Iterator[Link]:
        """Yield the answers that should name a record, as links that are not looked up yet."""
        answers: Mapping[str, Any] = request.fields.get("answers", {})
        for name, kind in self._named.items():
            text = answers.get(name)
            if isinstance(text, str):
                field = LinkField(("answers", name), (kind,), "answers")
                yield Link(request.address, ("answers", name), field, name, "answers", text, None)


def _item(snapshot: Snapshot, request: Record) -> Record | None:
    """Return the valid catalogue item that a request is for."""
    for link in snapshot.graph.outgoing.get(request.address, ()):
        if link.path == ("item",) and link.target is not None:
            item = snapshot.records[link.target]
            return item if item.valid and item.kind.name == "catalog-item" else None
    return None


def _link_faults(snapshot: Snapshot, request: Record, link: Link, suggestions: Suggestions) -> Iterator[Fault]:
    """Yield a fault where an answer names no record of its question's kind."""
    kind = snapshot.kinds[link.field.to[0]]
    record = snapshot.records.get(link.text)
    if record is None or record.kind.name != kind.name:
        near = suggestion(suggestions.existing(link))
        advice = near or f"; write {with_article(kind.name)}'s address, e.g. {kind.address('NAME')}"
        yield Fault(request.file, link.path, f"{link.text} is no {kind.name} that exists{advice}")


def _written(names: Sequence[str]) -> str:
    return f"answers: {{{', '.join(f'{name}: …' for name in names)}}}"
