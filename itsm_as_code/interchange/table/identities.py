"""Identities: which id each foreign key gets, and which record a text of the files means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from itsm_as_code.interchange.foreign_ids import foreign_id
from itsm_as_code.interchange.table.plan import IdForm, RecordPlan
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import is_id
from itsm_as_code.writing.ids import slug, tag

_NUMBER_DIGITS = 12


@dataclass(slots=True)
class Identities:
    """The ids of one import. A key that an earlier import knew keeps its id."""

    kinds: Mapping[str, Kind]
    known: Mapping[tuple[str, str], Mapping[str, str]]
    """System and kind → key → id."""
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and key → id."""
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    """Kind and text → id; the text in lower case, and as it is with an ``=`` before it."""
    _taken: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind → id in lower case → key."""
    _used: dict[str, set[str]] = field(default_factory=dict)
    """Kind → ids."""
    _next: dict[tuple[str, str], int] = field(default_factory=dict)
    """Kind and id that was asked for more than once → the number that was free last."""
    _forms: dict[str, IdForm] = field(default_factory=dict)

    def declare(self, kind: str, form: IdForm) -> None:
        """Say of what form the ids of a kind are, for links to records that the files do not have."""
        self._forms.setdefault(kind, form)

    def give(self, plan: RecordPlan, key: str, text: str, on: datetime | None) -> tuple[str, str]:
        """Return the id of a key, and what was guessed where another key had the first choice (else empty).

        The id is made of the text, a dated one of the key and the day `on`.
        """
        kind, form = plan.kind, plan.id.form
        found = self._ids.get((kind, key))
        if found is None and plan.extend:
            found = self._names.get((kind, f"={key}")) or self._names.get((kind, key.casefold()))
        if found is not None:
            return found, ""
        taken = self._reserved(kind)
        id_ = self.known.get((plan.system, kind), {}).get(key, "")
        guess = ""
        if not id_ or taken.get(id_.casefold(), key) != key:
            first = self._made(kind, form, text, key, on)
            id_ = self._free(kind, first, text)
            if not first:
                guess = f"does not end with a number: {id_} taken"
            elif id_ != first:
                guess = f"has the id {first} in common with {taken[first.casefold()]!r}: {id_} taken"
        taken[id_.casefold()] = key
        self._used.setdefault(kind, set()).add(id_)
        self._ids[kind, key] = id_
        self.name(kind, key, id_)
        return id_, guess

    def _reserved(self, kind: str) -> dict[str, str]:
        """Return the ids of a kind that are taken, with their keys; at first those that earlier imports gave."""
        if kind not in self._taken:
            self._taken[kind] = {
                id_.casefold(): key for (_, of), ids in self.known.items() for key, id_ in ids.items() if of == kind
            }
        return self._taken[kind]

    def name(self, kind: str, text: str, id_: str) -> None:
        """Say that a text means a record; the first record to be called so keeps the name."""
        self._names.setdefault((kind, f"={text}"), id_)
        self._names.setdefault((kind, text.casefold()), id_)

    def holds(self, kind: str, key: str) -> bool:
        """Return whether a key has an id."""
        return (kind, key) in self._ids

    def knows(self, kind: str, text: str) -> bool:
        """Return whether a text means a record."""
        return (kind, f"={text}") in self._names or (kind, text.casefold()) in self._names

    def address(self, kind: str, text: str) -> str:
        """Return the address of the record that a text means, also of one that nobody has; empty where none can be."""
        id_ = self._names.get((kind, f"={text}")) or self._names.get((kind, text.casefold()))
        if id_ is None:
            id_ = self._form(kind, self._forms.get(kind) or default_form(self.kinds[kind]), text)
        return self.kinds[kind].address(id_) if id_ else ""

    def _made(self, kind: str, form: IdForm, text: str, key: str, on: datetime | None) -> str:
        if form == "dated" and on is not None:
            return foreign_id(self.kinds[kind].prefix, on, key, self._used.get(kind, ()))
        made = self._form(kind, form, text) or self._form(kind, default_form(self.kinds[kind]), key)
        return made or ("" if self.kinds[kind].prefix else "record")

    def _form(self, kind: str, form: IdForm, text: str) -> str:
        """Return the text as an id; empty where it cannot be one."""
        prefix = self.kinds[kind].prefix
        if prefix:
            if is_id(self.kinds[kind], text):
                return text
            digits = _last_digits(text)
            return f"{prefix}-{digits}" if form == "number" and digits else ""
        return slug(text) if form == "slug" else tag(text)

    def _free(self, kind: str, first: str, text: str) -> str:
        taken = self._taken[kind]
        id_, number = first, self._next.get((kind, first), 1)
        while id_.casefold() in taken or not id_:
            number += 1
            if self.kinds[kind].prefix:
                digest = int.from_bytes(sha256(f"{text}\0{number}".encode()).digest()[:8])
                id_ = f"{self.kinds[kind].prefix}-{digest % 10**_NUMBER_DIGITS:0{_NUMBER_DIGITS}d}"
            else:
                id_ = f"{first}-{number}"
        if not self.kinds[kind].prefix:
            self._next[kind, first] = number
        return id_


def default_form(kind: Kind) -> IdForm:
    """Return the form of ids that fits a kind where the map says none."""
    return "number" if kind.prefix else "tag" if kind.id_form == "tag" else "slug"


def _last_digits(text: str) -> str:
    """Return the digits at the end of a number such as ``IM0000013``; empty where it does not end with some."""
    digits = text[len(text.rstrip("0123456789")) :]
    return digits if len(digits) <= _NUMBER_DIGITS else ""
