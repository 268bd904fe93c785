"""Reads HTML pages for tests: elements, attributes and links, and whether the tags are balanced."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "circle", "path"}
_BLOCKS = {"dt", "dd", "td", "th", "li", "p", "div", "h1", "h2", "h3", "title", "text", "svg"}


@dataclass
class Seen:
    """What one page holds."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    """Tag, name and value of every attribute."""
    text: str = ""
    faults: list[str] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append(tag)
        self.seen.attributes.extend((tag, name, value or "") for name, value in attrs)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.tags.append(tag)
        self.seen.attributes.extend((tag, name, value or "") for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.seen.text += " " if tag in _BLOCKS else ""
        if not self._open or self._open.pop() != tag:
            self.seen.faults.append(f"{self.getpos()}: </{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self.seen.text += data

    def finish(self) -> Seen:
        self.close()
        self.seen.faults.extend(f"<{tag}> is not closed" for tag in self._open)
        return self.seen


def read(page: str) -> Seen:
    """Return what a page holds."""
    reader = _Reader()
    reader.feed(page)
    return reader.finish()


def html(pages: Mapping[str, str]) -> Mapping[str, Seen]:
    """Return what each HTML page of a site holds."""
    return {path: read(text) for path, text in pages.items() if path.endswith(".html")}
