"""A value that is none of those allowed.

The field takes one of a fixed set of words, so that lists, reports and the site can count on them. The message
names them, and the nearest one if it looks like a slip.

Choose one of the words. `itsm schema KIND` explains what each of them means.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
visibility: secret  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
visibility: restricted
```
"""

SEVERITY = "error"
