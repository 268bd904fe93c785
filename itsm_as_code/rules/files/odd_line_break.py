r"""A line ends in a way that git and YAML count differently.

A carriage return alone, NEL, U+2028 and U+2029 end a line for some programs and not for others: the reviewer
sees one line where the reader sees two, and every line number after it is wrong.

End lines with LF (or CR LF).

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk.\u2028On call in winter.  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Works at the service desk. On call in winter.
```
"""

SEVERITY = "error"
