"""The same thing fails again and again, and no problem asks why.

Each incident is repaired by itself, in good time, and nobody sees that it is the third one this month. What comes
back has a cause that is still there.

Open a problem and name them in its `incidents`. Looked for are three or more incidents within 30 days, by their own
times, on a configuration item that they were affected or caused by, and chains of three or more by `recurrence_of`,
of which none belongs to a problem. Duplicates, parts of another incident, cases of a known error, canceled incidents
and imported history are not counted. The last one carries the finding.

Wrong:

```yaml
# records/incidents/2026/INC-20260304-aaaa.yaml
title: Web server 1 does not answer
impact: low
urgency: medium
cis: [{ci: ci:web-01}]
timeline:
  - {at: 2026-03-04T08:07:00+01:00, by: person:alice, type: created}
```

```yaml
# records/incidents/2026/INC-20260311-bbbb.yaml
title: Web server 1 does not answer
impact: low
urgency: medium
cis: [{ci: ci:web-01, role: cause}]
timeline:
  - {at: 2026-03-11T08:12:00+01:00, by: person:alice, type: created}
```

```yaml
# records/incidents/2026/INC-20260318-cccc.yaml
title: Shop is slow
impact: low
urgency: medium
cis:
  - {ci: ci:web-01, role: affected}  # <- fault
timeline:
  - {at: 2026-03-18T08:09:00+01:00, by: person:alice, type: created}
```

```yaml
# records/cis/web-01.yaml
title: Web server 1
class: server
state: operational
owner: team:operations
```

```yaml
# records/people/alice.yaml
name: Alice Martin
```

```yaml
# records/teams/operations.yaml
name: Operations
```

Right:

```yaml
# records/problems/2026/PRB-20260318-aaaa.yaml
title: Web server 1 hangs every Wednesday
origin: reactive
incidents: [INC-20260304-aaaa, INC-20260311-bbbb, INC-20260318-cccc]
timeline:
  - {at: 2026-03-18T09:00:00+01:00, by: person:alice, type: created}
```

```yaml
# records/incidents/2026/INC-20260318-cccc.yaml
title: Shop is slow
impact: low
urgency: medium
cis:
  - {ci: ci:web-01, role: affected}
timeline:
  - {at: 2026-03-18T08:09:00+01:00, by: person:alice, type: created}
```
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.link import Link
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_time
from itsm_as_code.snapshot.derive import opened_at
from itsm_as_code.snapshot.selection import all_read, problems_of, targets
from itsm_as_code.snapshot.snapshot import Snapshot

SEVERITY = "warning"

_MANY = 3
_WINDOW = timedelta(days=30)
_ROLES = (None, "affected", "cause")
_TOLD_ELSEWHERE = ("duplicate_of", "parent", "known_error")


@dataclass(frozen=True, slots=True)
class _Happening:
    """An incident that counts, and when it happened."""

    at: datetime
    incident: Record


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for the last incident of each series without a problem, once for each incident."""
    if not all_read(snapshot, "problem"):
        return
    happenings = {happening.incident.address: happening for happening in _happenings(snapshot)}
    told: set[str] = set()
    for fault in (*_on_cis(snapshot, happenings), *_in_chains(snapshot, happenings)):
        if fault.file not in told:
            told.add(fault.file)
            yield fault


def _on_cis(snapshot: Snapshot, happenings: Mapping[str, _Happening]) -> Iterator[Fault]:
    for ci, series in _by_ci(snapshot, happenings).items():
        in_order = sorted(series, key=lambda pair: _order(pair[0]))
        numbers = {happening.incident.address: number for number, (happening, _) in enumerate(in_order)}
        for count, (last, link) in _ends(snapshot, in_order):
            message = (
                f"the last of {count} incidents on {ci}, each soon after the other, and no problem lists them; open one"
            )
            number = numbers[last.incident.address]
            earlier = [happening for happening, _ in in_order[number - count + 1 : number]]
            yield Fault(last.incident.file, link.path, message, others=_earlier(earlier))


def _in_chains(snapshot: Snapshot, happenings: Mapping[str, _Happening]) -> Iterator[Fault]:
    for chain in _chains(snapshot):
        counted = [happenings[address] for address in chain if address in happenings]
        if len(counted) >= _MANY and not any(any(problems_of(snapshot, snapshot.records[one])) for one in chain):
            message = f"the last of {len(counted)} incidents that recur, and no problem lists them; open one"
            *earlier, last = sorted(counted, key=_order)
            yield Fault(last.incident.file, ("recurrence_of",), message, others=_earlier(earlier))


def _earlier(happenings: Sequence[_Happening]) -> tuple[OtherEnd, ...]:
    return tuple(OtherEnd(happening.incident.file, (), "an earlier one") for happening in happenings)


def _order(happening: _Happening) -> tuple[datetime, str]:
    return happening.at, happening.incident.address


def _happenings(snapshot: Snapshot) -> Iterator[_Happening]:
    for incident in snapshot.of("incident"):
        at = parse_time(str(incident.fields.get("started_at") or opened_at(incident)))
        elsewhere = any(incident.fields.get(field) for field in _TOLD_ELSEWHERE)
        if at is not None and incident.state != "canceled" and not incident.is_history and not elsewhere:
            yield _Happening(at, incident)


def _by_ci(snapshot: Snapshot, happenings: Mapping[str, _Happening]) -> Mapping[str, Sequence[tuple[_Happening, Link]]]:
    """Return by CI the happenings that it caused or suffered, each with the link that says so."""
    found: dict[str, list[tuple[_Happening, Link]]] = defaultdict(list)
    for happening in happenings.values():
        seen = set()
        for link in snapshot.graph.outgoing.get(happening.incident.address, ()):
            if link.path[0] != "cis" or link.target is None or link.target in seen:
                continue
            if happening.incident.fields["cis"][link.path[1]].get("role") in _ROLES:
                seen.add(link.target)
                found[link.target].append((happening, link))
    return found


def _ends(
    snapshot: Snapshot, series: Sequence[tuple[_Happening, Link]]
) -> Iterator[tuple[int, tuple[_Happening, Link]]]:
    """Yield length and last member of each run in which any three neighbours lie within the window, without a problem.

    `series` is sorted by time.
    """
    length = 0
    for position in range(_MANY - 1, len(series)):
        three = [happening for happening, _ in series[position - _MANY + 1 : position + 1]]
        near = three[-1].at - three[0].at <= _WINDOW
        if near and not any(any(problems_of(snapshot, one.incident)) for one in three):
            length = length + 1 if length else _MANY
            continue
        if length:
            yield length, series[position - 1]
        length = 0
    if length:
        yield length, series[-1]


def _chains(snapshot: Snapshot) -> Iterator[Sequence[str]]:
    """Yield the addresses of the incidents that `recurrence_of` ties together."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for incident in snapshot.of("incident"):
        for earlier in targets(snapshot, incident, "recurrence_of"):
            neighbours[incident.address].append(earlier.address)
            neighbours[earlier.address].append(incident.address)
    seen: set[str] = set()
    for start in neighbours:
        chain = [] if start in seen else [start]
        seen.add(start)
        for address in chain:
            fresh = [other for other in neighbours[address] if other not in seen]
            chain += fresh
            seen.update(fresh)
        if len(chain) >= _MANY:
            yield chain
