"""Links: one record naming another, resolved or broken."""

from dataclasses import dataclass

from itsm_as_code.model.kind import LinkField
from itsm_as_code.model.place import FieldPath


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one record states it.

    `text` is what is written; `target` the address it resolves to, or None where it is broken.
    `name` is the field (or relation type), `reverse` the name of the inverse. `alias` says that the
    target was found by another name than its id.
    """

    source: str
    path: FieldPath
    field: LinkField
    name: str
    reverse: str
    text: str
    target: str | None
    alias: bool = False
