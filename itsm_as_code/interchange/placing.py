"""Placing drafts: a record is written where it is missing, renewed where nobody touched it, and else left alone."""

from typing import Literal

from itsm_as_code.interchange.draft import Draft
from itsm_as_code.interchange.stamp import is_pristine, is_stamped, stamped
from itsm_as_code.interchange.target import Target

Outcome = Literal["new", "updated", "unchanged", "edited", "foreign"]
"""`edited`: people changed it since an earlier import; `foreign`: no import made it. Both stay as they are."""


def place(target: Target, draft: Draft) -> tuple[str, Outcome]:
    """Return the path of a draft's record and what became of it. Raises ItsmError and OSError as writing does."""
    path = target.path(draft.kind, draft.id)
    text = stamped(draft.fields, target.kinds[draft.kind])
    there = target.holds(path)
    found = target.text(path) or ""
    if found == text:
        return path, "unchanged"
    if there and not is_pristine(found):
        return path, "edited" if is_stamped(found) else "foreign"
    target.write(path, text)
    return path, "updated" if there else "new"
