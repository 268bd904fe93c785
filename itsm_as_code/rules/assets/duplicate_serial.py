"""Two assets with one serial number.

A maker gives a serial number once. Either one thing is recorded twice, and the stocktaking will miss one, or a
number is wrong, and the warranty is asked for on the wrong machine.

Correct the number, or cancel one of the two records. Capitals and spaces make no difference, and assets in a final
state are left alone. Assets of different models may share a number of fewer than six characters, since another maker
may count the same way; texts such as `unknown` or `n/a` are no numbers.

Wrong:

```yaml
# records/assets/LT-0031.yaml
title: Laptop for the depot
class: laptop
state: in-stock
model: ThinkPad T14
serial: PF5XK7QD
```

```yaml
# records/assets/LT-0032.yaml
title: Laptop for the office
class: laptop
state: in-stock
model: ThinkPad T14
serial: pf5x k7qd  # <- fault
```

Right:

```yaml
# records/assets/LT-0032.yaml
title: Laptop for the office
class: laptop
state: in-stock
model: ThinkPad T14
serial: PF5XK7RB
```
"""

from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_TELLING = 6
"""Characters from which on a number is hardly given by two makers."""
# What makers, importers and people in a hurry put where a number should be.
_NO_NUMBERS = frozenset(
    {
        "-", "0", "?", "default", "defaultstring", "n/a", "na", "none", "null", "systemserialnumber", "tba", "tbd",
        "tobefilledbyo.e.m.", "unknown", "x", "xxx",
    }
)  # fmt: skip


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live asset with the serial number of one before it, at the later id."""
    seen: dict[tuple[str, str], str] = {}
    of_any_model: dict[str, str] = {}
    for asset in snapshot.of("asset"):
        serial = _bare(asset.fields.get("serial"))
        if asset.is_final or not serial or serial in _NO_NUMBERS:
            continue
        model = _bare(asset.fields.get("model")) if len(serial) < _TELLING else ""
        # An asset without a model may be of any.
        other = seen.get((serial, model)) or (seen.get((serial, "")) if model else of_any_model.get(serial))
        if other:
            message = f"{other} has this serial number too; correct it, or cancel one of the two"
            ends = (OtherEnd(snapshot.records[other].file, ("serial",), "has this serial number"),)
            yield Fault(asset.file, ("serial",), message, others=ends)
        seen.setdefault((serial, model), asset.address)
        of_any_model.setdefault(serial, asset.address)


def _bare(text: object) -> str:
    return "".join(text.split()).casefold() if isinstance(text, str) else ""
