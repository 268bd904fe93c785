"""Pages: what a build is made of, and where each record's page stands."""

import re
from dataclasses import dataclass

from itsm_as_code.model.record import Record

_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", re.ASCII)
_SAFE_FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_LIST_PAGE = re.compile(r"index|page-\d+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of a build: its path from the build's folder, with ``/``, and its bytes."""

    path: str
    content: bytes


def record_path(record: Record, folder: str = "") -> str | None:
    """Return the path of a record's page, in its kind's folder or the one given.

    None where the id or folder is no safe file name. A record whose id is the name of a list page
    (``index``, ``page-2``) stands beside it with a leading underscore, with which no id begins.
    """
    folder = folder or record.kind.folder
    if _SAFE_FOLDER.fullmatch(folder) is None or _SAFE_ID.fullmatch(record.id) is None or ".." in record.id:
        return None
    mark = "_" if _LIST_PAGE.fullmatch(record.id) else ""
    return f"{folder}/{mark}{record.id}.html"


def list_path(folder: str, number: int) -> str:
    """Return the path of the list page of this number, from 1."""
    return f"{folder}/index.html" if number == 1 else f"{folder}/page-{number}.html"


def root_of(path: str) -> str:
    """Return the way from a page to the build's folder: empty, or ``../`` as often as it is deep."""
    return "../" * path.count("/")
