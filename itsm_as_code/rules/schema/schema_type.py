"""A value of the wrong type.

The field holds a text where a list is expected, a number where a text is expected, or the like. The message says
what is allowed.

For a list, put the value in brackets (`[network]`) or on a line of its own after a dash; for a text that looks
like a number, put it in quotes.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: network  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: [network]
```
"""

SEVERITY = "error"
