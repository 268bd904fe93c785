"""A YAML anchor or alias.

With `&name` and `*name` a line means something that stands elsewhere in the file. A reader of a diff cannot see
it, and a few nested aliases unfold to gigabytes.

Write the value out where it is needed.

Wrong:

```yaml
# records/people/alice.yaml
name: &name Alice Martin  # <- fault
description: *name  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Alice Martin
```
"""

SEVERITY = "error"
