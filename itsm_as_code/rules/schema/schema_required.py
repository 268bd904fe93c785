"""A field that every such record needs is missing.

Without it the record cannot be listed, found or acted upon. Fields are required only where nothing can be derived
in their place.

Add the field; the message names it. `itsm schema KIND` says what it means.

Wrong:

```yaml
# records/people/alice.yaml
description: Works at the service desk.  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk.
```
"""

SEVERITY = "error"
