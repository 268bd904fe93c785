"""A file holds more than one YAML document.

One record is one file, and the path says which record it is; a second document after `---` would belong to
nobody.

Move the second document to a file of its own.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
---  # <- fault
name: Bruno Keller
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
