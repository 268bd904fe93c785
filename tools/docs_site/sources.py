"""What is read to make the site: the project's pages, and the files and folders that these point to."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

from itsm_as_code import resources

ROOT = Path(__file__).parents[2]
HOME = "docs/README.md"
_SHIPPED = {"schemas": resources.schemas, "templates": resources.templates, "maps": resources.maps}
"""Folders that only the installed package has where there is no checkout of them."""


def written_pages() -> Mapping[str, str]:
    """Return path → Markdown of every page that is a file of the project."""
    files = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")), *ROOT.glob("docs/**/*.md")]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in sorted(files)}


def place(path: str) -> Path:
    """Return where a file or folder of the project is."""
    first, _, rest = path.partition("/")
    return _SHIPPED[first]() / rest if first in _SHIPPED else ROOT / path


@cache
def address(path: str) -> str:
    """Return where in the site a page, or another file or folder of the project, is shown."""
    if path == HOME:
        return "index.html"
    if path.endswith(".md") and (path.startswith("docs/") or "/" not in path):
        inner = re.sub(r"(?:^|(?<=/))README\.md$", "index.md", path.removeprefix("docs/"))
        return f"{(inner if path != 'README.md' else path).removesuffix('.md').lower()}.html"
    return f"files/{path}/index.html" if place(path).is_dir() else f"files/{path}.html"


def target(page: str, link: str) -> tuple[str, str]:
    """Return what a link of a page leads to: a path in the project (empty: elsewhere, or the page), and an anchor."""
    path, _, anchor = link.partition("#")
    if re.match(r"[a-z]+:", link) or not path:
        return "", anchor
    found = posixpath.normpath(PurePosixPath(page).parent.joinpath(path).as_posix())
    readme = f"{found}/README.md"
    return (readme if (ROOT / readme).is_file() else found), anchor


def href(page: str, path: str, anchor: str = "") -> str:
    """Return the link from one page's place in the site to another's."""
    way = posixpath.relpath(address(path), posixpath.dirname(address(page)) or ".")
    return f"{way}#{anchor}" if anchor else way


def file_page(path: str) -> str:
    """Return the page that shows a file of the project, or lists what is in a folder."""
    there = place(path)
    title = f"# {path}\n\n"
    if there.is_dir():
        files = sorted(file.relative_to(there).as_posix() for file in there.rglob("*") if _is_shown(file))
        return title + "".join(f"- [{file}]({PurePosixPath(path).name}/{file})\n" for file in files)
    language = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}.get(there.suffix, "text")
    return f"{title}`````{language}\n{there.read_text(encoding='utf-8')}`````\n"


def _is_shown(file: Path) -> bool:
    return file.is_file() and not any(part.startswith((".", "__")) for part in file.parts[-4:])
