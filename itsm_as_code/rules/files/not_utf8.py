r"""A file is not plain UTF-8.

Text in another encoding (Latin-1, UTF-16) turns into rubbish for some readers and stops others. A byte order
mark at the beginning of the file is refused as well: many tools take it for a part of the first field's name.

Save the file as "UTF-8 without BOM"; every editor offers it.

Wrong:

```yaml escapes
# records/people/alice.yaml
name: Andr\xe9 Moreau  # <- fault
```

```yaml escapes
\ufeff# records/people/bruno.yaml  # <- fault
name: Bruno Keller
```

Right:

```yaml
# records/people/alice.yaml
name: André Moreau
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```
"""

SEVERITY = "error"
