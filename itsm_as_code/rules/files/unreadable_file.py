"""A file that the operating system does not let us read.

Its permissions forbid it, the disk fails, or it is no ordinary file but a pipe or a device. The record is missing
from every list until the file can be read again; where a folder cannot be listed, all that it holds.

Give the file ordinary permissions (`chmod 644`; a folder `chmod 755`).

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
