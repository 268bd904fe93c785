"""The pages of the public site as plain data: status, lists, and the pages of incidents, maintenance and components."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from itsm_as_code.site.frame import Frame, MenuItem, document_title
from itsm_as_code.site.history import day_by_day, recency
from itsm_as_code.site.page import list_path, root_of
from itsm_as_code.site.public.cards import IncidentCard, MaintenanceCard, incident_card, maintenance_card
from itsm_as_code.site.public.edition import INCIDENTS, MAINTENANCE, PublicEdition
from itsm_as_code.site.tones import Chip, headline_tone, level_chip
from itsm_as_code.status.intervals import Episode
from itsm_as_code.status.levels import Level, worst
from itsm_as_code.status.maintenance import Maintenance
from itsm_as_code.status.rollup import Headline, headline

ROWS = 100
_ALL_OPEN = 8
_SERVICES = "Services"
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One component with its status."""

    name: str
    href: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class ComponentGroup:
    """Components under one heading; `open` where it is not all green, or where there are few in all."""

    name: str
    chip: Chip
    lines: tuple[ComponentLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class PublicDay:
    """One day of the history: the incidents that went on in it."""

    name: str
    incidents: tuple[IncidentCard, ...]


@dataclass(frozen=True, slots=True)
class PublicStatusView:
    """The status page."""

    headline: Headline
    tone: str
    groups: tuple[ComponentGroup, ...]
    incidents: tuple[IncidentCard, ...]
    active: tuple[MaintenanceCard, ...]
    coming: tuple[MaintenanceCard, ...]
    days: tuple[PublicDay, ...]


@dataclass(frozen=True, slots=True)
class PublicPageLink:
    """A link to another page of a list."""

    number: int
    href: str
    here: bool


@dataclass(frozen=True, slots=True)
class PublicListView:
    """One page of the list of incidents (`incidents`) or of maintenance (`works`)."""

    title: str
    incidents: tuple[IncidentCard, ...]
    works: tuple[MaintenanceCard, ...]
    total: int
    pages: tuple[PublicPageLink, ...]


@dataclass(frozen=True, slots=True)
class ComponentView:
    """The page of one component."""

    name: str
    chip: Chip | None
    """None for a component that is not in use."""
    group: str
    incidents: tuple[IncidentCard, ...]
    active: tuple[MaintenanceCard, ...]
    coming: tuple[MaintenanceCard, ...]
    past: tuple[IncidentCard, ...]
    more: int
    """How many older incidents are left out."""


def public_frame(edition: PublicEdition, path: str, title: str) -> Frame:
    """Return the frame of a page of the public site."""
    root = root_of(path)
    menu = [
        ("Status", "index.html"),
        ("Incidents", list_path(INCIDENTS, 1)),
        ("Maintenance", list_path(MAINTENANCE, 1)),
    ]
    return Frame(
        root=root,
        title=document_title(title, edition.site),
        site=edition.site or "Service status",
        menu=tuple(MenuItem(label, root + place, _is_part(path, place)) for label, place in menu),
        as_of=edition.clock.moment(edition.now),
        revision="",
        audience="public",
        home=f"{root}index.html",
        contact=edition.contact,
    )


def _is_part(path: str, place: str) -> bool:
    folder = place.rpartition("/")[0]
    return path == place or (bool(folder) and path.startswith(f"{folder}/"))


def status_view(edition: PublicEdition) -> PublicStatusView:
    """Return the status page's view."""
    view = edition.overview
    head = headline(view, edition.now, edition.names)
    return PublicStatusView(
        headline=head,
        tone=headline_tone(head, len(view.open_incidents)),
        groups=_groups(edition),
        incidents=tuple(incident_card(edition, item, "") for item in view.open_incidents),
        active=_works(edition, "", lambda work: work.phase in {"active", "unconfirmed"}),
        coming=_works(edition, "", lambda work: work.phase == "planned"),
        days=tuple(
            PublicDay(name, tuple(incident_card(edition, item, "") for item in items))
            for name, items in day_by_day(view.episodes.values(), edition.now, edition.clock)
        ),
    )


def _works(edition: PublicEdition, root: str, wanted: Callable[[Maintenance], bool]) -> tuple[MaintenanceCard, ...]:
    works = [work for work in edition.overview.maintenances.values() if wanted(work)]
    return tuple(maintenance_card(edition, work, root) for work in sorted(works, key=_soonest))


def _soonest(work: Maintenance) -> tuple[float, str]:
    return (work.start.timestamp() if work.start is not None else float("inf"), work.record.id)


def _groups(edition: PublicEdition) -> tuple[ComponentGroup, ...]:
    grouped: dict[str, list[tuple[int, str, str, Level]]] = {}
    for address, standing in edition.overview.standings.items():
        group, order = edition.groups[address]
        grouped.setdefault(group, []).append((order, edition.names[address].casefold(), address, standing.level))
    few = len(edition.overview.standings) <= _ALL_OPEN or len(grouped) == 1
    found = []
    for name, held in sorted(grouped.items(), key=lambda item: (not item[0], item[0].casefold())):
        level = worst(entry[3] for entry in held)
        lines = tuple(
            ComponentLine(edition.names[address], edition.paths.get(address, ""), level_chip(each))
            for _, _, address, each in sorted(held)
        )
        found.append(ComponentGroup(name or _SERVICES, level_chip(level), lines, few or level != "operational"))
    return tuple(found)


def list_views(edition: PublicEdition) -> Iterator[tuple[str, PublicListView]]:
    """Yield path and view of each page of the two lists, newest first; an empty list has one page."""
    episodes = sorted(edition.overview.episodes.values(), key=recency, reverse=True)
    works = [work for work in edition.overview.maintenances.values() if work.phase != "proposed"]
    works.sort(
        key=lambda work: (work.start.timestamp() if work.start is not None else 0.0, work.record.id), reverse=True
    )
    for number, shown in _pages(episodes):
        incidents = tuple(incident_card(edition, item, "../") for item in shown)
        links = _page_links(len(episodes), number)
        yield list_path(INCIDENTS, number), PublicListView("Incidents", incidents, (), len(episodes), links)
    for number, some in _pages(works):
        cards = tuple(maintenance_card(edition, work, "../") for work in some)
        links = _page_links(len(works), number)
        yield list_path(MAINTENANCE, number), PublicListView("Maintenance", (), cards, len(works), links)


def _pages(items: Sequence[_Item]) -> Iterator[tuple[int, Sequence[_Item]]]:
    for number in range(1, _count(len(items)) + 1):
        yield number, items[(number - 1) * ROWS : number * ROWS]


def _count(total: int) -> int:
    return max(1, -(-total // ROWS))


def _page_links(total: int, here: int) -> tuple[PublicPageLink, ...]:
    count = _count(total)
    if count == 1:
        return ()
    return tuple(PublicPageLink(number, list_path(".", number)[2:], number == here) for number in range(1, count + 1))


def component_views(edition: PublicEdition) -> Iterator[tuple[str, ComponentView]]:
    """Yield path and view of the page of each public service."""
    episodes: dict[str, list[Episode]] = {}
    for item in edition.overview.episodes.values():
        for address in item.services:
            episodes.setdefault(address, []).append(item)
    works: dict[str, list[Maintenance]] = {}
    for work in sorted(edition.overview.maintenances.values(), key=_soonest):
        for address in work.services:
            works.setdefault(address, []).append(work)
    for address in edition.names:
        path = edition.paths.get(address)
        if path is not None:
            yield path, _component(edition, address, episodes.get(address, ()), works.get(address, ()))


def _component(
    edition: PublicEdition, address: str, episodes: Sequence[Episode], works: Sequence[Maintenance]
) -> ComponentView:
    standing = edition.overview.standings.get(address)
    newest = sorted(episodes, key=recency, reverse=True)
    past = [item for item in newest if not item.is_open(edition.now)]
    return ComponentView(
        name=edition.names[address],
        chip=level_chip(standing.level) if standing is not None else None,
        group=edition.groups[address][0],
        incidents=tuple(incident_card(edition, item, "../") for item in newest if item.is_open(edition.now)),
        active=tuple(
            maintenance_card(edition, work, "../") for work in works if work.phase in {"active", "unconfirmed"}
        ),
        coming=tuple(maintenance_card(edition, work, "../") for work in works if work.phase == "planned"),
        past=tuple(incident_card(edition, item, "../") for item in past[:ROWS]),
        more=max(0, len(past) - ROWS),
    )
