"""A file under `records/` that is no record.

Only files that end in `.yaml` are read. A file with another ending looks like a record to people and is
invisible to every check; `.yml` is the usual reason.

Rename `.yml` to `.yaml`; move notes and attachments out of `records/`.

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

SEVERITY = "warning"
