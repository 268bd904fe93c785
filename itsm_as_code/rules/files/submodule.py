"""A git submodule under `records/`.

Its files belong to another repository with another history and other reviewers, so nothing here could vouch
for them. It is never read.

Keep the records in this repository, or lint the other repository by itself.

Wrong:

```yaml submodule
# records/people  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
```
"""

SEVERITY = "error"
