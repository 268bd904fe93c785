"""A field is written twice in one mapping.

YAML readers disagree about which of the two counts, so two people who look at the same file may see two
different records. Often it is the trace of a merge that kept both sides.

Keep one of the two lines and delete the other.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
name: Alice Moreau  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Moreau
```
"""

SEVERITY = "error"
