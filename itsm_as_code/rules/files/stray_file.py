"""A file under `records/` that is no record.

Only files that end in `.yaml` are read. What else stands there is invisible to every check and is shown nowhere.

Move notes and attachments out of `records/`, and remove what an editor or a merge left behind.

Wrong:

```yaml
# records/people/alice.yaml.orig  # <- fault
name: Alice Martin
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

SEVERITY = "warning"
