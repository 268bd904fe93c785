"""A new repository of records: settings, a few connected records, a guide and a workflow."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from itsm_as_code import resources
from itsm_as_code.errors import ItsmError
from itsm_as_code.filing.files import create
from itsm_as_code.sources import git
from itsm_as_code.sources.repository import SETTINGS, init_repository
from itsm_as_code.writing.block import block_lines
from itsm_as_code.writing.ids import free_slug
from itsm_as_code.writing.scalars import spell

_ORGANISATION = "Example organisation"
_PERSON = "Your Name"
_EMAIL = re.compile(r"[^@\s<>]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

_FILES: Mapping[str, str] = {
    "itsm.yaml": "itsm.yaml",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "workflow.yml": ".github/workflows/itsm.yml",
    "person.yaml": "records/people/$person_id.yaml",
    "team.yaml": "records/teams/operations.yaml",
    "service.yaml": "records/services/website.yaml",
    "ci.yaml": "records/cis/web-01.yaml",
}
"""Starter text → where it goes."""


def init_directory(path: Path, person: str = "", email: str = "", organisation: str = "") -> Sequence[str]:
    """Make a git repository of records at `path` that lints clean and renders; return the files written.

    `person` and `email` are those of whoever makes it (git's `user.name` and `user.email`). Files that are there
    already (a README) are left alone. Raises ItsmError where records are there or around it already, git is not
    installed, or nothing can be written.
    """
    for name in ("itsm.yaml", "records"):
        if (path / name).exists() or (path / name).is_symlink():
            raise ItsmError(f"{path} has {name} already", hint="name a new folder, or go on with the records there")
    for above in path.resolve().parents:
        if (above / SETTINGS).is_file():
            raise ItsmError(f"{path} lies in the repository of records {above}", hint="name a folder outside of it")
    git.run(["--version"], Path.cwd())  # Where git is missing, nothing is left behind.
    words = _words(person, email, organisation)
    written: list[str] = []
    try:
        path.mkdir(parents=True, exist_ok=True)
        init_repository(path)
        for source, target in _FILES.items():
            file = Template(target).substitute(words)
            if _put(path / file, _text(source, words)):
                written.append(file)
    except OSError as error:
        raise ItsmError(f"{error.filename or path} cannot be written: {error.strerror}") from error
    return sorted(written)


def _words(person: str, email: str, organisation: str) -> Mapping[str, str]:
    name = " ".join(person.split())[:120] or _PERSON
    title = " ".join(organisation.split())[:120] or _ORGANISATION
    known = {"emails": [email]} if _EMAIL.fullmatch(email) else {}
    return {
        "organisation": spell(title),
        "organisation_text": title,
        "person_name": spell(name),
        "person_id": free_slug(name, ()),
        "emails": "\n".join(block_lines(known)),
    }


def _text(source: str, words: Mapping[str, str]) -> str:
    text = (resources.templates() / "starter" / source).read_text(encoding="utf-8")
    if source == "workflow.yml":
        return text
    return Template(text).substitute(words).rstrip("\n") + "\n"


def _put(file: Path, text: str) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        create(file, text.encode())
    except FileExistsError:
        return False
    return True
