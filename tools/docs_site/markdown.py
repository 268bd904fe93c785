"""Markdown of the project's own pages as HTML: headings with anchors, tables that fit, code that is coloured."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from tools.docs_site.code import coloured
from tools.docs_site.states import drawn


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title: its level (2 or deeper), its anchor and its words."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page's Markdown as HTML: its title, the headings below that, and all that follows the title."""

    title: str
    headings: tuple[Heading, ...]
    body: Markup


_TITLE = 3
"""The title is the first three tokens of every page: a heading opens, its words, it closes."""


def parsed(text: str) -> list[Token]:
    """Return the tokens of a page; raw HTML is text."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(text)


def words_of(token: Token) -> str:
    """Return what an inline token says, without its marks."""
    return "".join(part.content if part.type != "softbreak" else " " for part in token.children or ())


def article(text: str, leads_to: Callable[[str], str]) -> Article:
    """Return a page as HTML; `leads_to` turns the target of a link as written into that of the rendered page."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    tokens = parser.parse(text)
    for token in tokens:
        for part in token.children or ():
            if part.type == "link_open":
                part.attrSet("href", leads_to(str(part.attrs["href"])))
    headings = _anchored(tokens)
    below = _without_empty_heads(tokens[_TITLE:])
    _label_cells(below)
    body = Markup(parser.renderer.render(below, parser.options, {}))  # noqa: S704 - our own pages, without raw HTML
    return Article(headings[0].words, tuple(headings[1:]), body)


def _anchored(tokens: Sequence[Token]) -> list[Heading]:
    """Give each heading the id that GitHub gives it, and return them all."""
    found: list[Heading] = []
    counts: dict[str, int] = {}
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        words = words_of(inside)
        slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        again = counts.get(slug, 0)
        counts[slug] = again + 1
        anchor = f"{slug}-{again}" if again else slug
        token.attrSet("id", anchor)
        found.append(Heading(int(token.tag[1]), anchor, words))
    return found


def _without_empty_heads(tokens: Sequence[Token]) -> list[Token]:
    """Leave out the head of a table that says nothing: Markdown has no table without one."""
    kept: list[Token] = []
    head: list[Token] | None = None
    for token in tokens:
        if token.type == "thead_open":
            head = []
        if head is None:
            kept.append(token)
            continue
        head.append(token)
        if token.type == "thead_close":
            kept += head if any(part.content.strip() for part in head) else []
            head = None
    return kept


def _label_cells(tokens: Sequence[Token]) -> None:
    """Give the cells of a table the words at the head of their column, which a narrow page shows beside them."""
    heads: list[str] = []
    column = 0
    for token, inside in pairwise(tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(words_of(inside))
        elif token.type == "td_open":
            if column and heads and heads[column]:
                token.attrSet("data-label", heads[column])
            column += 1


def _fence(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    token = tokens[index]
    language = token.info.strip()
    if language == "mermaid":
        return drawn(token.content)
    # Whoever has no mouse scrolls a wide block by its focus.
    return f'<pre tabindex="0"><code>{coloured(token.content, language)}</code></pre>\n'


def _table_open(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return '<div class="wide" role="group" aria-label="Table" tabindex="0"><table class="stack">\n'


def _table_close(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</table></div>\n"


def _head_cell_open(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    # A heading without words is none.
    return '<th scope="col">' if tokens[index + 1].content.strip() else "<td>"


def _head_cell_close(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</th>\n" if tokens[index - 1].content.strip() else "</td>\n"


def _heading_close(_r: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    anchor = html.escape(str(tokens[index - 2].attrs["id"]))
    return f' <a class="anchor" href="#{anchor}" aria-hidden="true" tabindex="-1">#</a></{tokens[index].tag}>\n'


_RULES: dict[str, Callable[..., str]] = {
    "fence": _fence,
    "code_block": _fence,
    "table_open": _table_open,
    "table_close": _table_close,
    "th_open": _head_cell_open,
    "th_close": _head_cell_close,
    "heading_close": _heading_close,
}
