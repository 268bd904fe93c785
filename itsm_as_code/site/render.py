"""Renders a snapshot: every page of one audience's site, one after another."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from itsm_as_code.model.finding import Finding
from itsm_as_code.model.record import Record
from itsm_as_code.site.edition import Edition, edition
from itsm_as_code.site.frame import internal_frame
from itsm_as_code.site.page import Page
from itsm_as_code.site.public.cards import incident_card, maintenance_card
from itsm_as_code.site.public.edition import PublicEdition, public_edition
from itsm_as_code.site.public.views import component_views, list_views, public_frame, status_view
from itsm_as_code.site.templating import STYLE, Press, press
from itsm_as_code.site.views import findings as findings_page
from itsm_as_code.site.views import home, kind, lists, record, status
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.status.audience import Audience


def render(
    snapshot: Snapshot,
    now: datetime,
    audience: Audience,
    findings: Sequence[Finding],
    templates: Mapping[str, str] | None = None,
) -> Iterator[Page]:
    """Yield the pages of an audience's site; the same arguments give the same bytes.

    `now` is aware. `findings` are those of the snapshot; the public site shows none. `templates` are texts that
    replace shipped ones of the same name. Raises ItsmError where one of them does not work.
    """
    printing = press(templates or {})
    yield Page(".nojekyll", b"")
    yield Page(STYLE, printing.style)
    if audience == "public":
        yield from _public(public_edition(snapshot, now), printing)
    else:
        yield from _internal(edition(snapshot, now, audience, findings), printing)


def _public(held: PublicEdition, printing: Press) -> Iterator[Page]:
    def page(path: str, template: str, title: str, view: object) -> Page:
        return Page(path, printing.page(template, public_frame(held, path, title), view))

    yield page("index.html", "public-status.html.j2", "Service status", status_view(held))
    for path, many in list_views(held):
        yield page(path, "public-list.html.j2", many.title, many)
    for address, item in held.overview.episodes.items():
        if (place := held.paths.get(address)) is not None:
            yield page(place, "public-incident.html.j2", item.record.title, incident_card(held, item, "../"))
    for address, work in held.overview.maintenances.items():
        if (place := held.paths.get(address)) is not None:
            yield page(place, "public-maintenance.html.j2", work.record.title, maintenance_card(held, work, "../"))
    for path, component in component_views(held):
        yield page(path, "public-component.html.j2", component.name, component)


def _internal(held: Edition, printing: Press) -> Iterator[Page]:
    def page(path: str, template: str, title: str, view: object) -> Page:
        return Page(path, printing.page(template, internal_frame(held, path, title), view))

    yield page("index.html", "home.html.j2", "Home", home.home_view(held, "index.html"))
    yield page("status.html", "status.html.j2", "Status", status.status_view(held, "status.html"))
    yield page("findings.html", "findings.html.j2", "Findings", findings_page.findings_view(held, "findings.html"))
    for each in held.snapshot.kinds.values():
        about = kind.kind_view(held, each)
        yield page(f"about-{each.name}.html", "kind.html.j2", f"About {each.plural}", about)
        for path, many in lists.list_views(held, each):
            yield page(path, "list.html.j2", many.title, many)
    for address, path in held.paths.items():
        template, title, view = _record_page(held, held.snapshot.records[address], path)
        yield page(path, template, title, view)


def _record_page(held: Edition, each: Record, path: str) -> tuple[str, str, object]:
    """Return template, title and view of a record's page."""
    if each.address in held.withheld:
        return "stub.html.j2", each.id, record.stub_view(each, path)
    if not each.valid:
        return "invalid.html.j2", each.id, record.invalid_view(held, each, path)
    return (
        "record.html.j2",
        f"{each.id} {each.title}" if each.kind.prefix else each.title,
        record.record_view(held, each, path),
    )
