"""Something ends before it starts.

A planned window, an outage, a warranty or a person's time in the company cannot end before it began. Nearly always
two numbers were swapped, or the year was not changed in January; the calendar and the status page would show
nothing at all.

Correct the one that is wrong. A waiver (`exception`) ends after its entry's `at`.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
from: 2026-01-05
until: 2025-12-31  # <- fault
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
from: 2026-01-05
until: 2026-12-31
```
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import FieldPath
from itsm_as_code.model.times import parse_date, parse_time
from itsm_as_code.snapshot.selection import valid_records
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.waivers import waivers

SEVERITY = "error"

_PAIRS = (("start", "end"), ("from", "until"), ("since", "until"))


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each end, anywhere in a record, that lies before the start beside it, and for each waiver's."""
    for record in valid_records(snapshot):
        for path, fields in _mappings(record.fields):
            for first, last in _PAIRS:
                if last in fields and first in fields and _reversed(fields[first], fields[last]):
                    message = (
                        f"{last} ({fields[last]}) is before {first} ({fields[first]}); correct the one that is wrong"
                    )
                    ends = (OtherEnd(record.file, (*path, first), "begins here"),)
                    yield Fault(record.file, (*path, last), message, others=ends)
        for waiver in waivers(record):
            at = record.timeline[waiver.position].get("at")
            if _reversed(at, waiver.until):
                message = f"this waiver ends ({waiver.until}) before its at ({at}); correct the one that is wrong"
                yield Fault(record.file, ("timeline", waiver.position, "until"), message)


def _mappings(fields: Mapping[str, Any]) -> Iterator[tuple[FieldPath, Mapping[str, Any]]]:
    """Yield every mapping of a record with its path, the record itself first."""
    yield (), fields
    # Timelines are long, and their entries hold no such pair of names.
    waiting: list[tuple[FieldPath, Any]] = _containers((), [item for item in fields.items() if item[0] != "timeline"])
    for path, value in waiting:
        if isinstance(value, dict):
            yield path, value
            waiting += _containers(path, value.items())
        else:
            waiting += _containers(path, enumerate(value))


def _containers(path: FieldPath, items: Iterable[tuple[str | int, Any]]) -> list[tuple[FieldPath, Any]]:
    """Return what holds more of the items below a path, with its own path."""
    return [((*path, step), value) for step, value in items if isinstance(value, dict | list)]


def _reversed(start: object, end: object) -> bool:
    """Return whether both are times, or both days, and the end is the earlier one."""
    if not isinstance(start, str) or not isinstance(end, str):
        return False
    first_time, last_time = parse_time(start), parse_time(end)
    if first_time is not None and last_time is not None:
        return last_time < first_time
    first_day, last_day = parse_date(start), parse_date(end)
    return first_day is not None and last_day is not None and last_day < first_day
