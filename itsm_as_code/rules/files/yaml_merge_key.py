"""A YAML merge key.

`<<` copies the fields of another mapping to this one. It is gone from the YAML standard, readers disagree about
which side wins, and a diff does not show what a record really says.

Write the fields out.

Wrong:

```yaml
# records/people/alice.yaml
<<: {description: Works at the service desk.}  # <- fault
name: Alice Martin
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk.
```
"""

SEVERITY = "error"
