"""An asset and the CI that it is contradict each other.

The asset says what became of the thing, the CI what it does. Where the one is gone and the other at work, one of the
two is not kept, and whoever looks at it alone is misled.

Bring the two together; the message says what each of them says. A CI whose machine was replaced names the new
asset. An asset whose CI was retired is back in stock, or named by the CI that it is now. Where both write a `model`,
or the CI has a `serial` among its `attributes`, these must agree too; `T14 Gen 3` agrees with `ThinkPad T14`.

Wrong:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
asset: asset:SRV-0007  # <- fault
```

```yaml
# records/assets/SRV-0007.yaml
title: Server, bought in 2019
class: server
state: retired
disposal: {date: 2026-02-13, method: recycled}
```

```yaml
# records/assets/SRV-0012.yaml
title: Server, bought in 2026
class: server
state: in-use
location: Server room
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
asset: asset:SRV-0012
```
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_AT_WORK = frozenset({"operational", "maintenance", "retiring"})
_GONE = frozenset({"missing", "retired", "canceled"})
_WORD = re.compile(r"[a-z0-9]{2,}")
_IDLE = frozenset({"on-order", "in-stock"})


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each live CI whose asset says otherwise, and each asset in use whose CI is retired."""
    for asset in snapshot.of("asset"):
        links = [link for link in snapshot.graph.incoming.get(asset.address, ()) if link.path == ("asset",)]
        cis = [snapshot.records[link.source] for link in links if snapshot.records[link.source].valid]
        for ci in cis:
            if not ci.is_final:
                # Of a wrong asset more than one thing differs.
                yield from islice(_contradictions(ci, asset), 1)
        yield from _forsaken(asset, cis)


def _contradictions(ci: Record, asset: Record) -> Iterator[Fault]:
    if (ci.state in _AT_WORK and asset.state in _GONE) or (ci.state == "operational" and asset.state in _IDLE):
        message = f"{asset.address} is {asset.state}, but this CI is {ci.state}; correct one, or name the asset it is"
        yield Fault(ci.file, ("asset",), message, others=(OtherEnd(asset.file, ("state",), f"is {asset.state}"),))
    for path, field, agree in (("model", "model", _is_one_model), ("attributes.serial", "serial", _is_part)):
        ours, theirs = ci.get(path), asset.fields.get(field)
        if isinstance(ours, str) and isinstance(theirs, str) and not agree(ours, theirs):
            message = f"{asset.address} has the {field} {theirs}; correct one, or name the asset it is"
            ends = (OtherEnd(asset.file, (field,), f"has another {field}"),)
            yield Fault(ci.file, tuple(path.split(".")), message, others=ends)


def _is_part(one: str, other: str) -> bool:
    one, other = ("".join(text.split()).casefold() for text in (one, other))
    return one in other or other in one


def _is_one_model(one: str, other: str) -> bool:
    """Return whether one name is in the other, or both have a word such as ``T14``: makers' names come and go."""
    return _is_part(one, other) or not _numbers(one).isdisjoint(_numbers(other))


def _numbers(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word for word in words if not word.isalpha() and not word.isdigit() and not word.startswith("gen"))


def _forsaken(asset: Record, cis: Sequence[Record]) -> Iterator[Fault]:
    retired = [ci for ci in cis if ci.state == "retired"]
    if asset.state == "in-use" and retired and all(ci.is_final for ci in cis):
        message = (
            f"this asset is in use, but {retired[-1].address}, the CI that it was, is retired;"
            " put it in stock, or name it on the CI that it is now"
        )
        yield Fault(asset.file, ("state",), message, others=(OtherEnd(retired[-1].file, ("state",), "is retired"),))
