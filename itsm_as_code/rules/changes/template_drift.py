"""A standard change differs from its template in a field that the template locks.

What was approved is the template, as it stands. With another plan or another risk this is a change that nobody has
approved.

Write the field as the template's `defaults` has it, or make the change `normal`. If the template is what is wrong,
change the template: that is approved like any change of it. Changes that are over are left alone, and
those of a template that is not approved: they have that fault first.

Wrong:

```yaml
# records/changes/2026/CHG-20260401-aaaa.yaml
title: Restart web server 1
type: standard
template: change-template:restart-server
reason: It leaks memory.
cis: [ci:web-01]
plans:
  implementation:
    - {do: Take it out of the load balancer, minutes: 2}
    - {do: Pull the plug, minutes: 1}  # <- fault
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
  plans:
    implementation:
      - {do: Take it out of the load balancer, minutes: 2}
      - {do: Restart it, minutes: 5}
locked: [plans.implementation]
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
plans:
  implementation:
    - {do: Take it out of the load balancer, minutes: 2}
    - {do: Restart it, minutes: 5}
timeline:
  - {at: 2026-04-01T09:00:00+02:00, by: person:alice, type: created}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.place import FieldPath, format_path
from itsm_as_code.model.record import Record
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

SEVERITY = "error"

_SHOWN = 40


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each locked field in which a standard change that is not over differs from its template."""
    for template in snapshot.of("change-template"):
        locked = template.strings("locked")
        if not locked or template.state != "approved":
            continue
        words = _by_target(snapshot, template)
        defaults = {field: _plain(template.get(f"defaults.{field}"), words) for field in locked}
        for link in snapshot.graph.incoming.get(template.address, ()):
            change = snapshot.records[link.source]
            is_standard = change.fields.get("type") == "standard"
            if link.path == ("template",) and is_standard and change.valid and not change.is_final:
                yield from _drift(template, change, _by_target(snapshot, change), defaults)


def _by_target(snapshot: Snapshot, record: Record) -> Mapping[str, str]:
    """Return what each link of a record leads to, by its text, so that an alias equals the id."""
    links = snapshot.graph.outgoing.get(record.address, ())
    return {link.text: link.target for link in links if link.target is not None}


def _drift(template: Record, change: Record, words: Mapping[str, str], defaults: Mapping[str, Any]) -> Iterator[Fault]:
    missing = [field for field, wanted in defaults.items() if wanted is not None and change.get(field) is None]
    if missing:
        message = f"the template locks {alternatives(missing, last='and')}; write here what its defaults say"
        ends = tuple(OtherEnd(template.file, ("defaults", *field.split(".")), "is locked") for field in missing)
        yield Fault(change.file, ("template",), message, others=ends)
    for field, wanted in defaults.items():
        own = change.get(field)
        if wanted is None or own is None:
            continue
        difference = _first_difference(_plain(own, words), wanted, tuple(field.split(".")))
        if difference is not None:
            path, is_, should = difference
            advice = "take it out" if should is None else "write that"
            message = (
                f"{format_path(path)} is {_shown(is_)}, but the template locks it as {_shown(should)}; "
                f"{advice}, or make this a normal change"
            )
            ends = (OtherEnd(template.file, ("defaults", *path), "the template's default, which is locked"),)
            yield Fault(change.file, path, message, others=ends)


def _plain(value: Any, targets: Mapping[str, str]) -> Any:  # noqa: ANN401 - any YAML value
    """Return the value without what does not matter: blank ends of texts, other names of records, the order of links.

    Lists of links become tuples.
    """
    if isinstance(value, dict):
        return {key: _plain(inner, targets) for key, inner in value.items()}
    if isinstance(value, list):
        plain = [_plain(inner, targets) for inner in value]
        are_links = all(isinstance(inner, str) and inner in targets for inner in value)
        return tuple(sorted(plain)) if are_links else plain
    return targets.get(value, value.strip()) if isinstance(value, str) else value


def _first_difference(is_: Any, should: Any, path: FieldPath) -> tuple[FieldPath, Any, Any] | None:  # noqa: ANN401 - any YAML value
    """Return path and both values of the first place at which the two differ; None where they are equal."""
    if is_ == should:
        return None
    if isinstance(is_, dict) and isinstance(should, dict):
        for key in (*is_, *should):
            if is_.get(key) != should.get(key):
                return _first_difference(is_.get(key), should.get(key), (*path, key))
    if isinstance(is_, list) and isinstance(should, list) and len(is_) == len(should):
        for number, (one, other) in enumerate(zip(is_, should, strict=True)):
            if one != other:
                return _first_difference(one, other, (*path, number))
    return path, is_, should


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict | list | tuple):
        return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{shortened(text, _SHOWN)}"' if isinstance(value, str) else text
