"""A plain value that programs read in different ways.

`no` is text to one YAML reader and "false" to another; `0123` loses its zero, `1.10` becomes `1.1`, `12:30`
becomes 750, and a hash such as `1234e567` becomes a number without end. Here such a value is kept as the text
that was typed, but the next program that reads the file may not do the same.

Put it in quotes. Plain text, `true` and `false`, whole numbers, dates and RFC 3339 times need none.

Wrong:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
serial: 0123456  # <- fault
```

Right:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
serial: "0123456"
```
"""

SEVERITY = "error"
