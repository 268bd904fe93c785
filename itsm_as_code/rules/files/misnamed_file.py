"""A record under a name that is not read.

Only files that end in `.yaml`, in small letters, are read. One that ends in `.yml` or `.YAML` is a record to
everybody who sees it, and none to any check, page or link: an incident could stay unseen for good.

Rename it; the message says how.

Wrong:

```yaml
# records/people/alice.yml  # <- fault
name: Alice Martin
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

SEVERITY = "error"
