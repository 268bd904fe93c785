"""A file that the operating system does not let us read.

Its permissions forbid it, or the disk fails. The record is missing from every list until the file can be read
again.

Give the file ordinary permissions (`chmod 644`).

Wrong:

```yaml unreadable
# records/people/alice.yaml  # <- fault
name: Alice Martin
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

SEVERITY = "error"
