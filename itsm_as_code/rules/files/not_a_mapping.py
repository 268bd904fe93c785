"""A file is not a set of fields.

A record is a mapping: lines of the form `field: value`. An empty file, a list or a lone text says nothing
about a record.

Write at least the title (the name, for people and teams), or delete the file.

Wrong:

```yaml
# records/people/alice.yaml  # <- fault
```

```yaml
# records/people/bruno.yaml  # <- fault
- name: Bruno Keller
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```
"""

SEVERITY = "error"
