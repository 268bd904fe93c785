"""A standard change goes beyond what its template allows.

The template was approved for certain machines, services, environments and hours, and for work of a certain length.
Beyond that, nobody has looked at what may go wrong.

Stay within the template's `allowed`, or make the change `normal`. A class allows those that specialise it; `hours`
names a calendar of `itsm.yaml` in which the whole planned window must lie. Changes that are over are left
alone, and those of a template that is not approved: they have that fault first.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart the order database
type: standard
template: change-template:restart-server
reason: It leaks memory.
cis:
  - ci:web-01
  - ci:orders-db  # <- fault
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```

```yaml
# records/change-templates/restart-server.yaml
title: Restart a server
state: approved
owner: team:operations
version: 1
defaults:
  reason: It leaks memory.
allowed:
  classes: [hardware]
  hours: business-hours
  max_duration: PT1H
```

```yaml
# records/cis/orders-db.yaml
title: Order database
class: database
state: operational
owner: team:operations
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
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart web server 1
type: standard
template: change-template:restart-server
reason: It leaks memory.
cis: [ci:web-01]
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.record import Record
from itsm_as_code.model.times import parse_duration
from itsm_as_code.model.words import with_article
from itsm_as_code.snapshot.classes import lineages
from itsm_as_code.snapshot.derive import planned_window
from itsm_as_code.snapshot.selection import targets
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_ADVICE = "keep to that, or make this a normal change"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each thing, place or time of a standard change, not over, that its template does not allow."""
    classes = lineages(snapshot.config)
    for template in snapshot.of("change-template"):
        allowed = template.fields.get("allowed")
        if not isinstance(allowed, dict) or template.state != "approved":
            continue
        services = {service.address for service in targets(snapshot, template, "allowed")}
        for link in snapshot.graph.incoming.get(template.address, ()):
            change = snapshot.records[link.source]
            is_standard = change.fields.get("type") == "standard"
            if link.path == ("template",) and is_standard and change.valid and not change.is_final:
                ends = (OtherEnd(template.file, ("allowed",), "what the template allows"),)
                for fault in (
                    *_services(snapshot, change, allowed, services),
                    *_classes(snapshot, change, allowed, classes),
                    *_environment(snapshot, change, allowed),
                    *_times(snapshot, change, allowed),
                ):
                    yield replace(fault, others=ends)


def _services(
    snapshot: Snapshot, change: Record, allowed: Mapping[str, Sequence[str]], services: AbstractSet[str]
) -> Iterator[Fault]:
    if "services" not in allowed:
        return
    words = f"the template allows only {alternatives(allowed['services'])}"
    for link in snapshot.graph.outgoing.get(change.address, ()):
        if link.path[0] == "services" and link.target is not None and link.target not in services:
            message = f"{link.text} is out of scope: {words}; {_ADVICE}"
            yield Fault(change.file, link.path, message)


def _classes(
    snapshot: Snapshot,
    change: Record,
    allowed: Mapping[str, Sequence[str]],
    classes: Mapping[str, AbstractSet[str]],
) -> Iterator[Fault]:
    if "classes" not in allowed:
        return
    words = f"the template allows only {alternatives(allowed['classes'])}"
    for link in snapshot.graph.outgoing.get(change.address, ()):
        ci = snapshot.records.get(link.target or "")
        if link.path[0] == "cis" and ci is not None and ci.valid:
            class_ = str(ci.fields.get("class"))
            # A class that nobody has defined is another rule's matter.
            if classes.get(class_, frozenset(allowed["classes"])).isdisjoint(allowed["classes"]):
                yield Fault(change.file, link.path, f"{link.text} is {with_article(class_)}: {words}; {_ADVICE}")


def _environment(snapshot: Snapshot, change: Record, allowed: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield a fault for the change's environment, or where it writes none for each CI's, that is not allowed."""
    if "environments" not in allowed:
        return
    words = f"the template allows only {alternatives(allowed['environments'])}"
    own = change.fields.get("environment")
    if own is not None:
        if own not in allowed["environments"]:
            yield Fault(change.file, ("environment",), f"{own} is out of scope: {words}; {_ADVICE}")
        return
    for link in snapshot.graph.outgoing.get(change.address, ()):
        ci = snapshot.records.get(link.target or "")
        environment = ci.fields.get("environment") if ci is not None and link.path[0] == "cis" else None
        if environment is not None and environment not in allowed["environments"]:
            yield Fault(change.file, link.path, f"{link.text} is in {environment}: {words}; {_ADVICE}")


def _times(snapshot: Snapshot, change: Record, allowed: Mapping[str, str]) -> Iterator[Fault]:
    window = planned_window(change)
    if window is None:
        return
    start, end = window
    calendar = snapshot.config.calendars.get(allowed.get("hours", ""))
    if calendar is not None and not calendar.covers(start, end):
        message = f"the planned window is not within the hours that the template allows, {allowed['hours']}; {_ADVICE}"
        yield Fault(change.file, ("planned",), message)
    longest = parse_duration(allowed.get("max_duration", ""))
    if longest is not None and end - start > longest:
        message = f"the planned window is longer than the template allows, {allowed['max_duration']}; {_ADVICE}"
        yield Fault(change.file, ("planned", "end"), message)
