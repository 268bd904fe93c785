"""Naming: the records that people mean by a name, and those that they may have meant."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened, with_article
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

_SHOWN = 3
_TELLING = 3
"""Letters with which a part of a name must begin to tell who is meant."""
_PARTS = re.compile(r"[-._ ]")


def target(snapshot: Snapshot, text: str, kinds: Sequence[str] = ()) -> str:
    """Return the address of the record of one of these kinds (any, for none) that a text names.

    Raises ItsmError, with the nearest ones, where there is none, where there are several, or where what there is has
    another kind.
    """
    found = bearers(snapshot, text, kinds)
    if len(found) == 1:
        return found[0].address
    if found:
        message = f"{shortened(text)} may be {alternatives(sorted(record.address for record in found))}"
        raise ItsmError(message, "name one of them")
    other = next(iter(bearers(snapshot, text)), None)
    if other is not None:
        message = f"{other.address} is {with_article(other.kind.title.lower())}"
        raise ItsmError(message, f"{alternatives([with_article(kind) for kind in kinds])} is wanted here")
    near = nearest_names(snapshot, text, kinds)
    wanted = alternatives(kinds) if kinds else "record"
    listed = f"itsm list {kinds[0] if kinds else 'KIND'} lists them"
    raise ItsmError(f"there is no {wanted} {shortened(text)}", did_you_mean(near) or listed)


def bearers(snapshot: Snapshot, text: str, kinds: Sequence[str] = ()) -> list[Record]:
    """Return the records of these kinds (any, for none) that bear a name, those that are not valid among them.

    A name is an address, an id, an alias, or a person's account or e-mail address; the kind may stand before it, and
    letter case is ignored. Whoever has it as an id comes before who has it as an alias, and that before an account.
    """
    exact = snapshot.records.get(text)
    if exact is not None and (not kinds or exact.kind.name in kinds):
        return [exact]
    word, colon, name = text.strip().lower().rpartition(":")
    name = name.removeprefix("" if colon else "@")
    asked = [
        record
        for record in snapshot.records.values()
        if word in ("", record.kind.name) and (not kinds or record.kind.name in kinds)
    ]
    for names in _NAMES if name else ():
        found = [record for record in asked if name in (each.lower() for each in names(record))]
        if found:
            return found
    return []


def nearest_names(snapshot: Snapshot, text: str, kinds: Iterable[str] = ()) -> list[str]:
    """Return the addresses of a few records of these kinds (any, for none) that a text may mean, the likest first.

    Those whose id or alias looks like it; after these, those of which a part begins so, since people call each other
    by their first names, and machines and incidents by a part of theirs.
    """
    wanted, asked = text.rpartition(":")[2].lower(), frozenset(kinds)
    names: dict[str, str] = {}
    for record in snapshot.records.values():
        if not asked or record.kind.name in asked:
            for name in (record.id, *record.strings("aliases")):
                names.setdefault(name, record.address)
    found = nearest(wanted, names)
    if len(wanted) >= _TELLING:
        found += [name for name in names if any(part.startswith(wanted) for part in _PARTS.split(name.lower()))]
    return list(dict.fromkeys(names[name] for name in found))[:_SHOWN]


def did_you_mean(addresses: Sequence[str]) -> str:
    """Return the hint that offers records; empty where there are none."""
    return f"did you mean {alternatives(addresses)}?" if addresses else ""


def _ids(record: Record) -> Iterator[str]:
    yield record.id


def _aliases(record: Record) -> Iterator[str]:
    yield from record.strings("aliases")


def _accounts(record: Record) -> Iterator[str]:
    if record.kind.name != "person":
        return
    handles = record.fields.get("handles")
    for handle in handles.values() if isinstance(handles, dict) else ():
        if isinstance(handle, dict) and isinstance(handle.get("login"), str):
            yield handle["login"]
    yield from record.strings("emails")


_NAMES: Sequence[Callable[[Record], Iterator[str]]] = (_ids, _aliases, _accounts)
"""The names of a record, the surest first."""
