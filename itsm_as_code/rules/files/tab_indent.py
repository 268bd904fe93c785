r"""A tab in the indentation.

YAML allows only spaces there: a tab has no agreed width, so what looks nested on one screen is not on another.

Replace the tab by spaces (two a level).

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Alice Martin
x-desk:
\tfloor: 3  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
x-desk:
  floor: 3
```
"""

SEVERITY = "error"
