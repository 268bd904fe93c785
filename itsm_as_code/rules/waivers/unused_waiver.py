"""A waiver that waives nothing.

What it let pass was put right, or its rule is misspelt. Left in place it would hide the next fault of that sort, which
nobody has looked at.

Timeline entries are not deleted: withdraw it by a `correction` whose `of` is the `at` of the exception. A misspelt
one is withdrawn as well, and written again. In records in a final state it is history and left alone; of waivers of
rules that depend on the time (`itsm check`) nothing is said, since those may speak tomorrow. Nor is it while a
record is not valid or a link leads nowhere, which keeps other rules from seeing all. What shows that a record cannot be
read or trusted cannot be waived at all.

Wrong:

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:alice
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:alice
    type: exception
    rule: link-to-inactive  # <- fault
    reason: Bruno left, his successor begins in May.
    until: 2026-05-31T00:00:00+02:00
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/services/shop.yaml
title: Web shop
state: live
tier: 1
owner: person:alice
timeline:
  - at: 2026-03-02T09:00:00+01:00
    by: person:alice
    type: exception
    rule: link-to-inactive
    reason: Bruno left, his successor begins in May.
    until: 2026-05-31T00:00:00+02:00
  - at: 2026-05-04T08:30:00+02:00
    by: person:alice
    type: correction
    of: 2026-03-02T09:00:00+01:00
    reason: I am the successor; the owner is right again.
```
"""

SEVERITY = "warning"
