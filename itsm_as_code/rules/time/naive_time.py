"""A time without an offset.

`2026-03-04T03:07:00` is two different moments in Zurich and in London, and one of them twice in October. Durations,
orders of events and maintenance windows come out wrong by hours.

Add the offset of the place where the clock hung: `+01:00`, or `Z` for UTC.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - at: 2026-03-04T03:07:00+01:00
    by: person:alice
    type: created
  - at: "2026-03-04T03:30:00"  # <- fault
    by: person:alice
    type: note
    text: Looking at the database.
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/incidents/2026/INC-20260304-k7qz.yaml
title: Checkout returns errors
impact: high
urgency: high
timeline:
  - at: 2026-03-04T03:07:00+01:00
    by: person:alice
    type: created
  - at: 2026-03-04T03:30:00+01:00
    by: person:alice
    type: note
    text: Looking at the database.
```
"""

SEVERITY = "error"
