"""The frame around every page: what the site is called, where one can go, how old the page is."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from itsm_as_code.site.edition import Edition
from itsm_as_code.site.moments import Moment
from itsm_as_code.site.page import list_path, root_of
from itsm_as_code.site.words import shortened

_LONGEST = 70
_MENU = ("incident", "problem", "change", "request", "service", "ci")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link of the menu; `here` marks the page, or the part of the site, that is being read."""

    label: str
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What a template needs besides its view."""

    root: str
    """The way to the build's folder."""
    title: str
    """For the browser: at most 70 characters."""
    site: str
    """The organisation's name."""
    menu: tuple[MenuItem, ...]
    as_of: Moment
    revision: str
    """What the records were read from; empty on the public site."""
    audience: str
    home: str
    contact: str = ""


def document_title(page: str, site: str) -> str:
    """Return the browser's title: page and site, or as much as fits."""
    whole = f"{page} · {site}" if site else page
    if len(escape(whole)) <= _LONGEST:
        return whole
    # Checkers count what stands in the file, in which a quotation mark takes five characters.
    fitting = (text for length in range(_LONGEST, 0, -1) if len(escape(text := shortened(page, length))) <= _LONGEST)
    return next(fitting)


def internal_frame(edition: Edition, path: str, title: str) -> Frame:
    """Return the frame of a page of the internal site."""
    root, site = root_of(path), edition.snapshot.config.organisation
    return Frame(
        root=root,
        title=document_title(title, site),
        site=site or "IT service management",
        menu=tuple(_menu(edition, path, root)),
        as_of=edition.clock.moment(edition.now),
        revision=edition.snapshot.name,
        audience=edition.audience,
        home=f"{root}index.html",
    )


def _menu(edition: Edition, path: str, root: str) -> Sequence[MenuItem]:
    kinds = [edition.snapshot.kinds[name] for name in _MENU if name in edition.snapshot.kinds]
    places = [("Home", "index.html"), ("Status", "status.html")]
    places += [(_short(kind.plural), list_path(kind.folder, 1)) for kind in kinds]
    places.append(("Findings", "findings.html"))
    part = path.rpartition("/")[0]
    return [
        MenuItem(label, root + place, place == path or (bool(part) and place.startswith(f"{part}/")))
        for label, place in places
    ]


def _short(plural: str) -> str:
    return "CIs" if plural == "configuration items" else plural.capitalize()
