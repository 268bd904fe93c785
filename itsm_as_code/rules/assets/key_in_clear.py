"""The key of a licence in a record.

Whoever can read the repository can use the product, and so can everyone who ever gets a copy: deleting the line
later does not remove it from the history. The vendor holds you to what others do with it.

Keep the key in a secret manager, and write under `key_ref` where; ask the vendor for a new key.

Found are five groups of five capital letters and digits (`ABCDE-12345-…`), and after the word `key` four to eight
groups of four to six of them. Texts that are only letters or only digits are no keys. At most one is told of a
line, and a hundred of a file.

Wrong:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20
description: |
  Activate with 7BKQ2-XD9MV-4TTGH-PW36R-H8NYJ.  # <- fault
  The server wants the key 9QX4-77TB-M2PD-K8WA.  # <- fault
```

Right:

```yaml
# records/licences/office-suite.yaml
title: Office suite
product: Office
state: active
metric: user
seats: 20
key_ref: vault://licences/office-suite
```
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from itsm_as_code.model.finding import Fault
from itsm_as_code.model.place import Place
from itsm_as_code.reading.limits import MAX_FAULTS
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"

_NOT_INSIDE, _ENDS = rb"(?<![A-Za-z0-9-])", rb"(?![A-Za-z0-9-])"
# Letters and digits both: five words in capitals are no key, and neither is a long number.
_MIXED = rb"(?=[0-9-]{0,48}[A-Z])(?=[A-Z-]{0,48}[0-9])"
_FIVES = re.compile(_NOT_INSIDE + _MIXED + rb"[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}" + _ENDS)
_MIDDLE = re.compile(rb"-[A-Z0-9]{5}-")
"""What every key of fives has in it, ten times quicker to look for."""
_AFTER_A_WORD = re.compile(
    rb"(?i:\bkey\b)[^A-Za-z0-9\n]{1,8}(?:is )?"
    + _NOT_INSIDE
    + _MIXED
    + rb"[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){3,7}"
    + _ENDS
)


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each line of a record's file, comments included, in which a licence key seems to stand."""
    for file, data in snapshot.texts.items():
        starts = [match.start() for match in _FIVES.finditer(data)] if _MIDDLE.search(data) else []
        if b"key" in data or b"Key" in data or b"KEY" in data:
            starts += [match.start() for match in _AFTER_A_WORD.finditer(data)]
        if starts:
            yield from _by_line(file, data, sorted(starts))


def _by_line(file: str, data: bytes, starts: Sequence[int]) -> Iterator[Fault]:
    first: dict[int, int] = {}
    line, begin = 1, 0
    for start in starts:
        line += data.count(b"\n", begin, start)
        begin = start
        first.setdefault(line, start)
    for number, start in islice(first.items(), MAX_FAULTS):
        column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode(errors="replace")) + 1
        message = "this looks like a licence key; keep it in a secret manager, and write under key_ref where"
        yield Fault(file, (), message, place=Place(file, number, column))
