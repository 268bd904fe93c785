"""Targets: the record that a link shall name, as people call it."""

import re
from collections.abc import Sequence

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened, with_article
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

_SHOWN = 3
_TELLING = 3
"""Letters of a part of a name that may tell who is meant."""


def target(snapshot: Snapshot, text: str, kinds: Sequence[str] = ()) -> str:
    """Return the address of the record of one of these kinds (any, for none) that a text names.

    The kind's word may be left out, and aliases do; letter case is ignored. Raises ItsmError, with the nearest ones,
    where there is none, where there are several, or where what there is has another kind.
    """
    record = snapshot.records.get(text)
    if record is None:
        word, _, name = text.strip().rpartition(":")
        found = _bearers(snapshot, word.lower(), name.lower())
        allowed = [each for each in found if not kinds or each.kind.name in kinds]
        if len(allowed) > 1:
            message = f"{shortened(text)} may be {alternatives(sorted(each.address for each in allowed))}"
            raise ItsmError(message, "name the kind too")
        record = next(iter(allowed or found), None)
    if record is None:
        near = _near(snapshot, text, kinds)
        wanted = alternatives(kinds) if kinds else "record"
        hint = (
            f"did you mean {alternatives(near)}?" if near else f"itsm list {kinds[0] if kinds else 'KIND'} lists them"
        )
        raise ItsmError(f"there is no {wanted} {shortened(text)}", hint)
    if kinds and record.kind.name not in kinds:
        message = f"{record.address} is {with_article(record.kind.title.lower())}"
        raise ItsmError(message, f"{alternatives([with_article(kind) for kind in kinds])} is wanted here")
    return record.address


def _bearers(snapshot: Snapshot, word: str, name: str) -> list[Record]:
    """Return the records that bear a name as id or alias: those of the kind of this name, of any where it is empty."""
    return [
        record
        for record in snapshot.records.values()
        if word in ("", record.kind.name)
        and (record.id.lower() == name or name in (alias.lower() for alias in record.strings("aliases")))
    ]


def _near(snapshot: Snapshot, text: str, kinds: Sequence[str]) -> list[str]:
    names = {
        name: record.address
        for record in snapshot.records.values()
        if not kinds or record.kind.name in kinds
        for name in (record.id, *record.strings("aliases"))
    }
    wanted = text.rpartition(":")[2]
    near = nearest(wanted, names)
    if not near and len(wanted) >= _TELLING:
        # People call each other by their first names, and machines by a part of theirs.
        near = [name for name in names if wanted.lower() in re.split(r"[-._ ]", name.lower())][:_SHOWN]
    return list(dict.fromkeys(names[name] for name in near))
