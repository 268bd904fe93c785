"""Whom to call about records: the team that supports each, or else its owner."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.record import Record
from itsm_as_code.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Contact:
    """A team or person with how to reach it, and the records that it answers for.

    `contact` and `on_call` are empty where nothing is written. A contact without address stands for the records that
    name nobody.
    """

    address: str
    name: str
    contact: str
    on_call: str
    answers_for: tuple[str, ...]


def contacts(snapshot: Snapshot, addresses: Iterable[str]) -> Sequence[Contact]:
    """Return who answers for these records, in the order in which they first come up; nobody comes last."""
    held: dict[str, list[str]] = {}
    for address in addresses:
        held.setdefault(_who(snapshot, address), []).append(address)
    found = [_contact(snapshot.records[who], records) for who, records in held.items() if who]
    nobody = [Contact("", "", "", "", tuple(held[""]))] if "" in held else []
    return [*found, *nobody]


def _who(snapshot: Snapshot, address: str) -> str:
    named: Mapping[str, str] = {
        str(link.path[0]): link.target
        for link in snapshot.graph.outgoing.get(address, ())
        if link.path in (("support_team",), ("owner",)) and link.target is not None
    }
    return named.get("support_team") or named.get("owner") or ""


def _contact(record: Record, answers_for: Sequence[str]) -> Contact:
    contact = _text(record, "contact") or next(iter(record.strings("emails")), "")
    return Contact(record.address, record.title, contact, _text(record, "on_call"), tuple(answers_for))


def _text(record: Record, field: str) -> str:
    value = record.fields.get(field)
    return value if isinstance(value, str) else ""
