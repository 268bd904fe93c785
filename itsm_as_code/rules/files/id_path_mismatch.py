"""A record does not stand where its id says.

The path of a record follows from its id alone: the folder of its kind, then the year of a dated id or the
thousands of an imported number. Two people who draw the same id then meet in git, and nobody has to search. A
file in another folder, with an id of another form, or with a `kind` or `id` inside that contradicts its path,
can be found by one half of the tools only.

Move the file to the path that the message names (`git mv`), or correct the id.

Wrong:

```yaml
# records/incidents/2025/INC-20260304-k7qz.yaml  # <- fault
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/people/bruno.yaml
id: bruno-keller  # <- fault
name: Bruno Keller
```

```yaml
# records/people/Chloé.yaml  # <- fault
name: Chloé Dubois
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - {at: 2026-03-04T03:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

```yaml
# records/people/chloe.yaml
name: Chloé Dubois
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.letters import foreign_letter
from itsm_as_code.model.place import Place
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import id_form_in_words, is_id, path_of
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each record whose path, `kind` or `id` contradict each other."""
    for record in snapshot.all_records:
        message = _misplaced(record)
        if message:
            yield Fault(record.file, (), message, place=Place(record.file, 1, 1))
        yield from _inside(record)


def _misplaced(record: Record) -> str:
    """Return what is wrong with the record's path; empty if nothing is."""
    kind = record.kind
    if not is_id(kind, record.id):
        form = id_form_in_words(kind.id_form, kind.prefix)
        foreign = foreign_letter(record.id)
        why = f"it has {foreign}" if foreign else f"these are {form}"
        advice = "rename the file in plain letters" if foreign else "rename the file"
        return f"{shortened(record.id) or 'nothing'} is no id of {kind.plural}: {why}; {advice}"
    demanded = path_of(kind, record.id)
    return "" if record.file == demanded else f"{record.id} belongs in {demanded}; move the file there"


def _inside(record: Record) -> Iterator[Fault]:
    for field, said_by_path in (("kind", record.kind.name), ("id", record.id)):
        written = record.fields.get(field, said_by_path)
        if isinstance(written, str) and written != said_by_path:
            contradiction = f"{field} is {shortened(written)} here, but the path says {shortened(said_by_path)}"
            message = f"{contradiction}; delete this line or move the file"
            yield Fault(record.file, (field,), message)
