"""Who makes an edit: the person that git's e-mail address belongs to, or whoever `--as` names."""

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.words import shortened
from itsm_as_code.snapshot.naming import bearers, target
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
    """Return the address of the person or team that a text names, in any way in which a person may be named.

    A person comes before a team of the same name. Raises ItsmError with the nearest ones.
    """
    if not text.rpartition(":")[2].strip():
        raise ItsmError("--as: the name is empty", "name a person or a team, for example --as alice")
    people = [each.address for each in bearers(snapshot, text, _KINDS) if each.kind.name == "person"]
    if len(people) == 1:
        return people[0]
    try:
        return target(snapshot, text, _KINDS)
    except ItsmError as error:
        raise ItsmError(f"--as: {error.message}", error.hint) from error
