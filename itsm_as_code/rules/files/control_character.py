r"""A character that nobody can see.

NUL bytes, escape sequences of terminals and their like come from copying out of a console. They can hide or
rewrite what a reviewer sees on the screen; so can the marks that turn the direction of text (U+202A to U+202E,
U+2066 to U+2069).

Delete the character or, where it matters, write it as an escape in double quotes (`"\x07"`).

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Alice Martin
description: Works at the \x07service desk.  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk.
```
"""

SEVERITY = "error"
