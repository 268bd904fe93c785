"""A field's name is not plain text.

Names of fields are words. A number, `true`, a list or nothing at all as a name is read differently by each
program, and JSON cannot hold it.

Write a word, or put the name in quotes.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
x-floors:
  3: Service desk  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
x-floors:
  "3": Service desk
```
"""

SEVERITY = "error"
