"""Markdown from strangers, made into HTML that can do no harm."""

import html
import re
from collections.abc import Sequence
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_TAGS = frozenset(
    "p br hr strong em s code pre blockquote ul ol li a table thead tbody tr th td".split()  # noqa: SIM905 - reads better
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "th": {"scope"}, "p": {"class"}}
_SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)

# One line in which nothing is Markdown: it needs no parser, and most texts are like that.
_PLAIN = re.compile(r"(?![-+=\s]|\d+[.)])[^\\`*_\[\]<>#|~&!\r\n\t\0\x7f]*(?<!\s)\n?")


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Return the text as safe HTML: no raw HTML, no images, links to http, https and mailto only.

    Headings become paragraphs of the class ``heading``, so that they cannot disorder the page's own.
    """
    if _PLAIN.fullmatch(text):
        plain = text.rstrip("\n")
        return Markup(f"<p>{html.escape(plain, quote=False)}</p>") if plain else Markup("")  # noqa: S704 - escaped here
    return rendered(text)


def rendered(text: str) -> Markup:
    """Return the text as safe HTML by way of the parser, whatever it holds."""
    safe = nh3.clean(
        _parser().render(text),
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow",
    )
    return Markup(safe.strip())  # noqa: S704 - sanitised here


def is_web_link(url: str) -> bool:
    """Return whether the text is a link that a page may offer (http, https, mailto; no control characters)."""
    return _LINK.match(url) is not None and url.isprintable()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = is_web_link  # type: ignore[method-assign]
    parser.core.ruler.push("name_links", _name_links)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    parser.add_render_rule("th_open", _header_open)
    return parser


def _name_links(state: StateCore) -> None:
    """Give links without a text their address as text, so that they can be read and clicked."""
    for block in state.tokens:
        named: list[Token] = []
        for token in block.children or ():
            if token.type == "link_close" and named and named[-1].type == "link_open":
                named.append(Token("text", "", 0, content=str(named[-1].attrs.get("href", ""))))
            named.append(token)
        if block.children:
            block.children = named


def _image(_renderer: RendererHTML, tokens: Sequence[Token], index: int, _o: OptionsDict, _e: EnvType) -> str:
    """Show no image, which would tell its server who reads: its text, and outside of links a link to it."""
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    text = html.escape(token.content or "image")
    depth = sum(each.nesting for each in tokens[:index] if each.type in {"link_open", "link_close"})
    return text if depth else f'<a href="{html.escape(source)}">{text}</a>'


def _heading_open(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return '<p class="heading">'


def _heading_close(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return "</p>\n"


def _header_open(_r: RendererHTML, _t: Sequence[Token], _i: int, _o: OptionsDict, _e: EnvType) -> str:
    return '<th scope="col">'
