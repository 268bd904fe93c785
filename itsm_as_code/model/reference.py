"""Ids, addresses and the path that an id demands."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from itsm_as_code.model.kind import IdForm, Kind

RECORDS = "records"
"""The folder of a repository that holds the records."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_MAX_ID = 128


@cache
def _process_id(prefix: str) -> re.Pattern[str]:
    # Four letters of Crockford's base 32 (no i, l, o, u), or an imported number.
    return re.compile(
        rf"{prefix}-(?:(?P<date>(?P<year>\d{{4}})\d{{4}})-[0-9a-hjkmnp-tv-z]{{4}}|(?P<number>\d{{1,12}}))", re.ASCII
    )


def is_id(kind: Kind, id_: str) -> bool:
    """Return whether the text is a well-formed id of the kind."""
    if len(id_) > _MAX_ID or ".." in id_ or id_.endswith("."):
        return False
    if kind.id_form == "process":
        match = _process_id(kind.prefix).fullmatch(id_)
        return match is not None and (match["date"] is None or _is_day(match["date"]))
    return (_SLUG if kind.id_form == "slug" else _TAG).fullmatch(id_) is not None


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True


def id_form_in_words(form: IdForm, prefix: str) -> str:
    """Return what ids of this form look like, for messages."""
    if form == "process":
        return f"{prefix}-YYYYMMDD-xxxx (a day, then four of 0-9 a-z without i, l, o, u) or {prefix}-<number>"
    letters = "a-z" if form == "slug" else "a-z, A-Z"
    return f"letters {letters}, digits, dots, dashes and underscores, beginning with a letter or digit"


def path_of(kind: Kind, id_: str) -> str:
    """Return the only path at which the record of this id may stand, from the repository's root.

    A dated id adds its year, an imported number its thousands (four digits at least).
    """
    folder = f"{RECORDS}/{kind.folder}"
    if kind.id_form == "process":
        match = _process_id(kind.prefix).fullmatch(id_)
        if match is not None and match["year"]:
            folder += f"/{match['year']}"
        elif match is not None:
            folder += f"/{int(match['number']) // 1000:04d}"
    return f"{folder}/{id_}.yaml"


def entry_folder(file: str) -> str:
    """Return the folder for those timeline entries of a record that are files of their own: ``…/web-01.d``."""
    return f"{file.removesuffix('.yaml')}.d"


def owner_of_entry(path: str) -> str:
    """Return the file of the record to which an entry file belongs; empty for a path that is no entry file's."""
    folder = path.rpartition("/")[0]
    return f"{folder.removesuffix('.d')}.yaml" if folder.endswith(".d") else ""


class Addresses:
    """Reads addresses: which kind and id a text names, for the kinds of one snapshot."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._by_prefix = {kind.prefix: kind for kind in kinds.values() if kind.prefix}

    def parse(self, text: str) -> tuple[Kind, str] | None:
        """Return kind and id that the text names, or None if it is no address.

        ``ci:web-01`` and ``INC-20260304-k7qz`` are addresses. What follows the colon may also be an alias,
        so its form is not checked here.
        """
        word, colon, rest = text.partition(":")
        if colon:
            kind = self._kinds.get(word)
            return (kind, rest) if kind is not None and rest and not kind.prefix else None
        kind = self._by_prefix.get(text.partition("-")[0])
        return (kind, text) if kind is not None and is_id(kind, text) else None
