"""A link that names no kind of record.

Links are written in one way everywhere: the kind and the id with a colon between them (`ci:web-01`), or the id
alone where its prefix says the kind (`INC-20260304-k7qz`). So one search finds every mention of a record.

Write the link in that form.

Wrong:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: bruno  # <- fault
```

```yaml
# records/people/bruno.yaml
name: Bruno Keller
```

Right:

```yaml
# records/people/alice.yaml
name: Alice Martin
manager: person:bruno
```
"""

from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.finding import Fault, OtherEnd
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.link import Link
from itsm_as_code.model.reference import Addresses
from itsm_as_code.model.suggest import nearest
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives, suggestion

SEVERITY = "error"


def check(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield a fault for each broken link that is no address."""
    addresses = Addresses(snapshot.kinds)
    named: dict[str, list[str]] = {}
    for link in snapshot.graph.broken:
        if addresses.parse(link.text) is not None:
            continue
        named = named or _by_name(snapshot)
        kinds = [snapshot.kinds[name] for name in link.field.to if name in snapshot.kinds] or [*snapshot.kinds.values()]
        meant = _meant(snapshot, link, kinds) or _of_name(snapshot, named, link.text, kinds)
        message = f"{link.text or 'an empty text'} names no record{suggestion(meant) or f'; write {_forms(kinds)}'}"
        ends = (OtherEnd(snapshot.records[meant[0]].file, (), "may be meant"),) if len(meant) == 1 else ()
        yield Fault(snapshot.records[link.source].file, link.path, message, others=ends)


def _meant(snapshot: Snapshot, link: Link, kinds: Sequence[Kind]) -> list[str]:
    """Return existing addresses that the text may stand for: its kind forgotten, misspelt, or in other capitals."""
    word, colon, rest = link.text.partition(":")
    id_ = rest.strip() if colon else word.strip()
    near = nearest(word, [kind.name for kind in kinds]) if colon else []
    guesses = [snapshot.kinds[name].address(id_) for name in near]
    for kind in kinds:
        spelling = f"{kind.prefix}{id_[len(kind.prefix) :].lower()}" if kind.prefix else id_.lower()
        guesses += [kind.address(id_), kind.address(spelling)]
    return [address for address in dict.fromkeys(guesses) if address in snapshot.records]


def _by_name(snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the addresses of records by what people call them: title, name and e-mail addresses, in lower case."""
    found: dict[str, list[str]] = {}
    for address, record in snapshot.records.items():
        for name in (record.title, *record.strings("emails")):
            found.setdefault(name.lower(), []).append(address)
    return found


def _of_name(snapshot: Snapshot, named: Mapping[str, Sequence[str]], text: str, kinds: Sequence[Kind]) -> list[str]:
    """Return the addresses of the records of these kinds that bear this name, a few of them."""
    return [address for address in named.get(text.strip().lower(), ()) if snapshot.records[address].kind in kinds][:3]


def _forms(kinds: Sequence[Kind]) -> str:
    forms = [f"an id such as {kind.prefix}-20260304-k7qz" if kind.prefix else f"{kind.name}:<id>" for kind in kinds]
    return f"{alternatives(forms[:3])}{', …' if forms[3:] else ''}"
