"""The site: every page in its frame, with a menu in the order of docs/README.md and links that lead somewhere."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it.token import Token

from itsm_as_code import resources
from tools.docs_site import words
from tools.docs_site.commands import FOLDER, command_pages
from tools.docs_site.markdown import Article, Heading, article, parsed, words_of
from tools.docs_site.sources import HOME, address, file_page, href, target, written_pages

HERE = Path(__file__).parent
_MOST_BESIDE = 30
"""Of a folder with more pages (rules), the menu shows only the present one: its list is the folder's first page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: a page's label and path, and the pages that belong below it."""

    label: str
    path: str
    below: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the menu and its lines."""

    label: str
    entries: tuple[Entry, ...]


def documentation() -> Mapping[str, str]:
    """Return path in the site → text of every file of it. The same project gives the same bytes."""
    pages = {**written_pages(), **command_pages()}
    pages[words.PATH] = words.a_to_z(pages)
    titles = {path: text.partition("\n")[0].removeprefix("# ") for path, text in pages.items()}
    menu = _menu(pages[HOME], titles)
    template = _template()
    site: dict[str, str] = {"docs.css": _style()}
    waiting, asked = list(pages), set(pages)

    while waiting:
        path = waiting.pop()

        def leads_to(link: str, path: str = path) -> str:
            found, anchor = target(path, link)
            if not found:
                return link
            if found not in asked:
                asked.add(found)
                waiting.append(found)
            return href(path, found, anchor)

        made = article(pages.get(path) or file_page(path), leads_to)
        site[address(path)] = template.render(
            page=made,
            contents=_contents(made),
            menu=_here(menu, path),
            path=path,
            href=lambda other, path=path: href(path, other),
            style=posixpath.relpath("docs.css", posixpath.dirname(address(path)) or "."),
        )
    return dict(sorted(site.items()))


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2")


def _style() -> str:
    shared = (resources.templates() / "style.css").read_text(encoding="utf-8")
    return f"{shared}\n{(HERE / 'docs.css').read_text(encoding='utf-8')}"


def _contents(made: Article) -> Sequence[Heading]:
    """Return the headings that are worth a table of contents: none where there is but one."""
    shown = [heading for heading in made.headings if heading.level <= 3]  # noqa: PLR2004 - deeper ones are details
    return shown if len(shown) > 1 else []


def _menu(home: str, titles: Mapping[str, str]) -> Sequence[Section]:
    """Return the sections of docs/README.md with the pages that their lists link to first in each line."""
    sections: list[Section] = []
    heading = False
    for token in parsed(home):
        if token.type == "heading_open":
            heading = True
        elif token.type == "inline" and heading:
            heading = False
            sections.append(Section(words_of(token), ()))
        elif token.type == "inline" and token.level > 1:
            link = next((part for part in token.children or () if part.type == "link_open"), None)
            if link is not None:
                path, _ = target(HOME, str(link.attrs["href"]))
                label = _words_of_link(token.children or ())
                entry = Entry(label, path, tuple(_below(path, titles)))
                sections[-1] = Section(sections[-1].label, (*sections[-1].entries, entry))
    return [section for section in sections if section.entries]


def _words_of_link(parts: Sequence[Token]) -> str:
    """Return the words of the first link of a line."""
    said: list[str] = []
    inside = False
    for part in parts:
        if part.type == "link_close":
            break
        if inside:
            said.append(part.content)
        inside = inside or part.type == "link_open"
    return "".join(said)


def _below(path: str, titles: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the pages of the folder that belongs to a page: its own, or the one of its stories or commands."""
    page = PurePosixPath(path)
    folder = {"docs/commands.md": FOLDER, "docs/sample.md": "docs/stories"}.get(path)
    if page.name == "README.md" and page.parent.name in {"kinds", "rules"}:
        folder = page.parent.as_posix()
    if folder:
        for other, title in titles.items():
            if posixpath.dirname(other) == folder and other != path:
                yield Entry(title, other)


def _here(menu: Sequence[Section], path: str) -> Sequence[Section]:
    """Return the menu as one page shows it: the pages below a line only where the reader is on one of them."""
    return [
        Section(section.label, tuple(Entry(line.label, line.path, _shown(line, path)) for line in section.entries))
        for section in menu
    ]


def _shown(line: Entry, path: str) -> tuple[Entry, ...]:
    if path != line.path and all(entry.path != path for entry in line.below):
        return ()
    return line.below if len(line.below) <= _MOST_BESIDE else tuple(e for e in line.below if e.path == path)
