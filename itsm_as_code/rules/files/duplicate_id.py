"""Two files claim one id.

Everything that names the id then means two things. It happens when a file is copied and not renamed, when two people
draw one id, or when two asset tags differ only in capitals, which many tools and some file systems do not tell apart.

Give one of the two a new id, or, if they are the same record, merge them and delete the other file.

Wrong:

```yaml
# records/assets/LT-0042.yaml
title: Laptop at the front desk
```

```yaml
# records/assets/lt-0042.yaml  # <- fault
title: Laptop in the meeting room
```

Right:

```yaml
# records/assets/LT-0043.yaml
title: Laptop in the meeting room
```
"""

from collections import defaultdict
from collections.abc import Iterator

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import Place, printable
from itsm_as_code.model.record import Record
from itsm_as_code.model.reference import is_id, path_of
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each file whose id another file of its kind has, without regard to capitals."""
    claims = defaultdict[tuple[str, str], list[Record]](list)
    for record in snapshot.all_records:
        claims[record.kind.name, record.id.lower()].append(record)
    for claimants in claims.values():
        if len(claimants) == 1:
            continue
        first, *others = sorted(
            claimants,
            # Whose name is a well-formed id, and who stands where it demands, keeps it.
            key=lambda record: (
                not is_id(record.kind, record.id),
                record.file != path_of(record.kind, record.id),
                record.file,
            ),
        )
        for other in others:
            why = "" if other.id == first.id else ", and capitals do not tell ids apart"
            has = f"{printable(first.file)} has the id {printable(first.id)} already{why}"
            message = f"{has}; give this record a new id, or merge the two"
            ends = (OtherEnd(first.file, (), "has this id already"),)
            yield Fault(other.file, (), message, place=Place(other.file, 1, 1), others=ends)
