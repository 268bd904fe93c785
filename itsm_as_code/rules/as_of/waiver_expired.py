"""A waiver has ended, and what it let pass is still there.

It was let pass for a time, and the time is over. `itsm lint` does not look at the clock and passes it still, so that no
pull request turns red overnight; here it is told.

Put right what the rule finds, and withdraw the waiver by a `correction`. If it must pass for longer, have that agreed
and add a new `exception`.

Wrong:

As of: 2026-06-01T09:00:00+02:00

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:alice
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:bruno
    type: exception
    rule: link-to-inactive
    reason: Alice left, her successor begins in May.
    until: 2026-05-31T00:00:00+02:00  # <- fault
    approved_by: person:bruno
```

```yaml
# records/people/alice.yaml
name: Alice Martin
active: false
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:bruno
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:bruno
    type: exception
    rule: link-to-inactive
    reason: Alice left, her successor begins in May.
    until: 2026-05-31T00:00:00+02:00
    approved_by: person:bruno
  - at: 2026-05-29T09:00:00+02:00
    by: person:bruno
    type: correction
    of: 2026-03-02T09:00:00+01:00
    reason: I took over.
```
"""

SEVERITY = "error"
