"""An entry file whose record is not there.

A timeline entry may be a file of its own in the folder `<id>.d` beside its record. Where there is no record of that id,
the entry belongs to nothing, and nobody reads it: the record was renamed or deleted without it, or the folder's name is
misspelt.

Move the folder along with its record, correct its name, or delete the entry.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qx.d/20260304T021900Z-m2rt.yaml  # <- fault
at: 2026-03-04T03:19:00+01:00
by: person:alice
type: note
text: It is the database.
```

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
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

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.d/20260304T021900Z-m2rt.yaml
at: 2026-03-04T03:19:00+01:00
by: person:alice
type: note
text: It is the database.
```
"""

SEVERITY = "error"
