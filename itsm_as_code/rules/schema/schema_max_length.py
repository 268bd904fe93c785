"""A text that is too long.

Titles stand in tables, headings and notifications, where a long one is cut off at a place that nobody chose.

Keep the title short and move the details to `description`.

Wrong:

```yaml escapes
# records/assets/LT-0042.yaml
title: «Laptop-×30»  # <- fault
```

Right:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
```
"""

SEVERITY = "error"
