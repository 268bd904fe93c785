"""A text that is too short.

A title of two letters helps nobody who looks for the record in a list, and an empty text says less than no field.

Say it in a few words, or leave the field out where it is optional.

Wrong:

```yaml
# records/assets/LT-0042.yaml
title: PC  # <- fault
```

Right:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
```
"""

SEVERITY = "error"
