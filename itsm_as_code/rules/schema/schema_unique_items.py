"""A list that names one thing twice.

The second mention adds nothing, and whoever removes one of the two later will think that both are gone.

Remove the repetition.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: [network, on-call, network]  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: [network, on-call]
```
"""

SEVERITY = "error"
