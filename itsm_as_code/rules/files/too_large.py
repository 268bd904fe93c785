"""A file is larger than one mebibyte.

Records are read by people and in every check, so a file of this size is nearly always a log or a dump that was
pasted into a description. It is not read at all.

Keep the log where logs live and link to it from the record (`links: [{type: log, url: …}]`).

Wrong:

```yaml escapes
# records/people/alice.yaml  # <- fault
name: Alice Martin
description: «a×1100000»
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
description: Joined in 2019.
```
"""

SEVERITY = "error"
