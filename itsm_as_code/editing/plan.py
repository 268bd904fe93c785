"""Plans: what an edit will write, byte for byte, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class FileEdit:
    """One file, by its path from the repository's root, as it is and as it shall be.

    `before` is None where nothing may stand there yet, `after` is None where the file goes away.
    """

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that one command is about to do.

    `edits` are of different files. `said` are the lines that tell what was done. `subject` is the first line of a
    commit, `body` what follows it, `records` the addresses of the records that are edited. A plan without edits says
    why there is nothing to do.
    """

    edits: tuple[FileEdit, ...]
    said: tuple[str, ...]
    subject: str = ""
    records: tuple[str, ...] = ()
    body: str = ""
    trailers: tuple[str, ...] = ()
    """Lines `Name: value` at the commit message's end, besides those that name the records."""
    flags: Mapping[str, str] = field(default_factory=dict)
    """Field path → the words on the command line that give the field, for what is said where it is missing."""


def nothing(why: str) -> Plan:
    """Return the plan that does nothing, since all is as it shall be."""
    return Plan((), (f"nothing to do: {why}",))
