"""Values are nested more than fifty levels deep.

No record needs it, and such a file can exhaust the memory of the programs that read it. It is not read any
further.

Flatten the value, or keep it in a file of its own outside `records/`.

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Alice Martin
x-nested: «[×60»«]×60»  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
x-nested: [[1, 2], [3, 4]]
```
"""

SEVERITY = "error"
