"""The file is no YAML.

Nothing can be known about the record until the file can be read. The message says where the reader stopped and
what it expected; the cause is often one line above: a quote or bracket that is not closed, a colon without a
space, a text with a colon in it that wants quotes.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Team lead: databases  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: "Team lead: databases"
```
"""

SEVERITY = "error"
