"""A field that records of this kind do not have.

A misspelt field is worse than a missing one: it looks filled in, and no list, rule or page ever reads it.

Correct the name; the message offers the nearest ones. A field of your own begins with `x-` (`x-desk: 3.14`) and is
allowed everywhere at the top of a record; a field that you need in many records belongs in a schema of your own.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
descripton: Works at the service desk.  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk.
```
"""

SEVERITY = "error"
