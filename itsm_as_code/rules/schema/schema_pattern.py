"""A text that has not the form it must have.

The field takes texts of one form only, for instance lower-case words joined by dashes, because other records,
addresses of pages or programs rely on it.

Write it in the form that the message describes.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: [On Call]  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
tags: [on-call]
```
"""

SEVERITY = "error"
