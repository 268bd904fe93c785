"""The pages of a Hugo section: which files are notices, which are not, and why."""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.interchange.result import Remark

SYSTEM = "cstate"
"""What `external` calls the system that these records come from."""

SECTION = "content/issues"
_MARKDOWN = (".md", ".markdown")
_OTHER_PAGES = (".html", ".htm", ".adoc", ".asciidoc", ".rst", ".org", ".pandoc", ".mdx")
_LANGUAGE = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2}(?:-[a-z]{2,4})?)")


@dataclass(frozen=True, slots=True)
class Section:
    """The files of a section, from the site's root with ``/``; every file is in one of the three."""

    notices: Sequence[str]
    skipped: Sequence[Remark]
    ignored: Sequence[Remark]


def find_pages(site: Path, language: str, languages: Collection[str]) -> Section:
    """Return the files of the section of notices, sorted.

    A translation (``notice.de.md`` beside ``notice.md``) is skipped: one record tells a story once. `language` is
    the site's default, `languages` those it declares. Raises ItsmError where there is no such section.
    """
    root = site / SECTION
    if not root.is_dir() or root.is_symlink():
        raise ItsmError(f"{site} has no folder {SECTION}", hint="name the root of a cState site")
    notices: list[str] = []
    skipped: list[Remark] = []
    ignored: list[Remark] = []
    for path in _walk(root):
        file = path.relative_to(site).as_posix()
        if path.is_symlink():
            skipped.append(Remark(file, "is a symbolic link; not followed"))
        elif path.name.startswith("."):
            ignored.append(Remark(file, "is a hidden file"))
        elif path.suffix.lower() in _OTHER_PAGES:
            skipped.append(Remark(file, f"is no Markdown page ({path.suffix})"))
        elif path.suffix.lower() not in _MARKDOWN:
            ignored.append(Remark(file, "is no page"))
        elif _LANGUAGE.sub(r"\g<stem>", path.stem) == "_index":
            ignored.append(Remark(file, "is the page of the whole section"))
        else:
            notices.append(file)
    originals = [file for file in notices if not _is_translation(file, notices, language, languages)]
    skipped += [Remark(file, "is a translation; the original is imported") for file in notices if file not in originals]
    return Section(originals, sorted(skipped), sorted(ignored))


def _walk(folder: Path) -> Iterator[Path]:
    """Yield every file below the folder, and every symbolic link, sorted; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path)


def _is_translation(file: str, files: Collection[str], language: str, languages: Collection[str]) -> bool:
    stem, _, ending = file.rpartition(".")
    match = _LANGUAGE.fullmatch(stem)
    if match is None or match["language"] == language or (languages and match["language"] not in languages):
        return False
    return f"{match['stem']}.{ending}" in files or f"{match['stem']}.{language}.{ending}" in files


def name_of(file: str) -> str:
    """Return a page's name within its section: its path without ending; of a bundle (``x/index.md``) its folder."""
    name = file.removeprefix(f"{SECTION}/").rpartition(".")[0]
    return name.removesuffix("/index") or name
