"""Who makes an edit: the person that git's e-mail address belongs to, or whoever `--as` names."""

from collections.abc import Iterator

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.record import Record
from itsm_as_code.model.suggest import nearest
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.wording import alternatives

_KINDS = ("person", "team")


def address(snapshot: Snapshot, named: str | None, email: str) -> str:
    """Return the address of who makes an edit: of whom `--as` names, else of whose e-mail address git has.

    Programs (`bot: true`) count like people. Whether somebody was there at the time is for the rule actor-inactive to
    say, by which edits are judged. Raises ItsmError, with what to do, where it is nobody.
    """
    if named is not None:
        return named_by(snapshot, named)
    found = of_email(snapshot, email)
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{email}, git's user.email, belongs to {alternatives(found, last='and')}"
        raise ItsmError(message, f"say who you are: --as {found[0].partition(':')[2]}")
    if not email:
        raise ItsmError("git has no user.email", "say who you are: --as PERSON, or git config user.email ADDRESS")
    message = f"no person has {shortened(email)}, git's user.email"
    raise ItsmError(message, f"say who you are: --as PERSON; or for good: itsm set person:NAME emails+={email}")


def of_email(snapshot: Snapshot, email: str) -> list[str]:
    """Return the addresses of the people who have an e-mail address; case is ignored."""
    wanted = email.strip().lower()
    return [
        person.address
        for person in snapshot.of("person")
        if wanted and wanted in (known.lower() for known in person.strings("emails"))
    ]


def named_by(snapshot: Snapshot, text: str) -> str:
    """Return the address of the person or team that a text names: by id, address, alias, account or e-mail address.

    Case is ignored. A person comes before a team, and what is nearer to an id before what is not. Raises ItsmError
    with the nearest ones.
    """
    kind, colon, name = text.strip().rpartition(":")
    kinds = (kind.lower(),) if colon else _KINDS
    records = [record for each in kinds if each in _KINDS for record in _records(snapshot, each)]
    wanted = name.lower().removeprefix("" if colon else "@")
    for names in (_ids, _aliases, _accounts):
        found = [record.address for record in records if wanted and wanted in (each.lower() for each in names(record))]
        people = [each for each in found if each.startswith("person:")]
        if len(people or found) > 1:
            message = f"--as {shortened(text)} may be {alternatives(people or found)}"
            raise ItsmError(message, "name one of them")
        if found:
            return (people or found)[0]
    raise _nobody(text, wanted, records, kinds)


def _records(snapshot: Snapshot, kind: str) -> list[Record]:
    """Return the records of a kind, those that are not valid among them: their ids are theirs all the same."""
    return [record for record in snapshot.records.values() if record.kind.name == kind]


def _ids(record: Record) -> Iterator[str]:
    yield record.id


def _aliases(record: Record) -> Iterator[str]:
    yield from record.strings("aliases")


def _accounts(record: Record) -> Iterator[str]:
    handles = record.fields.get("handles")
    for handle in handles.values() if isinstance(handles, dict) else ():
        if isinstance(handle, dict) and isinstance(handle.get("login"), str):
            yield handle["login"]
    yield from record.strings("emails")


def _nobody(text: str, name: str, records: list[Record], kinds: tuple[str, ...]) -> ItsmError:
    said = shortened(text)
    if not name:
        return ItsmError("--as: the name is empty", "name a person or a team, for example --as alice")
    if kinds[0] not in _KINDS:
        return ItsmError(f"--as {said}: there is no record {said}", "name a person or a team:NAME")
    names = {
        each: record.id if record.kind.name == "person" and len(kinds) > 1 else record.address
        for record in records
        for each in (*_ids(record), *_aliases(record))
    }
    near = list(dict.fromkeys(names[each] for each in nearest(name, names)))
    hint = f"did you mean {alternatives(near)}?" if near else f"itsm list {kinds[0]} names them"
    return ItsmError(f"--as {said}: there is no record {kinds[0]}:{shortened(name)}", hint)
