"""A YAML tag.

A tag (`!!str`, `!secret`) asks the reader for a special treatment that differs from one program to the next.
The type of a field is decided by the schema of its kind, never by the file.

Remove the tag; where a value must be text, put it in quotes.

Wrong:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
serial: !!str 123456  # <- fault
```

Right:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
serial: "123456"
```
"""

SEVERITY = "error"
