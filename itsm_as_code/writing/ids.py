"""Ids and paths of new records: free among those taken, and a path that follows from the id alone."""

import re
import unicodedata
from collections.abc import Collection
from datetime import UTC, datetime
from random import Random

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o or u, so that an id survives being read aloud."""

SUFFIX_LENGTH = 4
_TRIES = 1000
_SLUG_LENGTH = 60


def new_id(kind: Kind, taken: Collection[str], now: datetime, random: Random) -> str:
    """Return a free id for a process kind, e.g. ``INC-20260304-k7qz``; the date is that of `now` in UTC.

    `taken` are the ids of the kind; letter case does not tell ids apart. Raises ItsmError if none is found.
    """
    day = now.astimezone(UTC).date().isoformat().replace("-", "")
    used = {id_.casefold() for id_ in taken}
    for _ in range(_TRIES):
        suffix = "".join(random.choice(ALPHABET) for _ in range(SUFFIX_LENGTH))
        id_ = f"{kind.prefix}-{day}-{suffix}"
        if id_.casefold() not in used:
            return id_
    raise ItsmError(f"no free id was found among the {kind.plural} of {day}", hint="try again")


def slug(title: str) -> str:
    """Return the title as a slug: ASCII, lower case, dots kept, everything else a hyphen; empty if nothing is left."""
    return _shortened(re.sub(r"[^a-z0-9._]+", "-", _ascii(title).lower()))


def tag(name: str) -> str:
    """Return the name as an id that may have capitals, such as an asset's tag; otherwise as `slug`."""
    return _shortened(re.sub(r"[^A-Za-z0-9._]+", "-", _ascii(name)))


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()


def _shortened(words: str) -> str:
    return re.sub(r"\.{2,}", ".", words).strip("-._")[:_SLUG_LENGTH].rstrip("-._")


def free_slug(title: str, taken: Collection[str]) -> str:
    """Return the title's slug, numbered (``web-2``) where it is taken; ``record`` if nothing of the title is left."""
    used = {id_.casefold() for id_ in taken}
    base = slug(title) or "record"
    name, number = base, 1
    while name in used:
        number += 1
        name = f"{base}-{number}"
    return name
