"""A symbolic link under `records/`.

A link would let one record appear under two names, or bring a file from outside the repository into the
published site. It is never followed.

Replace the link by a file, and name the other record in a field that links.

Wrong:

```yaml symlink
# records/people/bob.yaml  # <- fault
alice.yaml
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

SEVERITY = "error"
