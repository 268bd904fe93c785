"""What a cState site declares, as records: its systems as services, their owner, and the import as an actor."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from itsm_as_code.interchange.draft import Draft
from itsm_as_code.interchange.pages import SYSTEM
from itsm_as_code.interchange.result import Remark
from itsm_as_code.interchange.site_config import SiteConfig, System
from itsm_as_code.writing.ids import free_slug, slug

ACTOR = "person:cstate-import"
TIER = 3
"""cState does not say how much hangs on a system; the third of four tiers is where an outage hinders people."""

_MIN_TITLE, _MAX_TITLE = 3, 120


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The declared systems by what pages call them, and the records made from the settings."""

    owner: str
    """Address of the team that owns everything imported."""
    ids: Mapping[str, str]
    """A system's name as declared → the id of its service."""
    drafts: Sequence[Draft]
    guesses: Sequence[Remark]

    def service(self, name: str) -> tuple[str, str]:
        """Return the address of the service that a page means, and a guess (empty for none).

        A name that is not declared keeps an address of its own, to which no record answers: that is for people
        to see and to put right.
        """
        if name in self.ids:
            return f"service:{self.ids[name]}", ""
        for declared, id_ in self.ids.items():
            if link_slug(declared) == link_slug(name):
                return f"service:{id_}", f"affected {name!r} taken as the declared system {declared!r}"
        return f"service:{link_slug(name)}", ""


def link_slug(name: str) -> str:
    """Return a system's name as the id of a link, with its slips kept (``release..ci``) so that they can be found."""
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or slug(name) or "unnamed"


def read_catalogue(config: SiteConfig, known: Mapping[str, str]) -> Catalogue:
    """Return the records that a site's settings hold; `known` are the ids of services by the names of systems."""
    owner = free_slug(config.title, ())
    ids: dict[str, str] = {}
    for system in config.systems:
        ids[system.name] = known.get(system.name) or free_slug(system.name, ids.values())
    guesses = [Remark(config.file, f"tier {TIER} taken for every system: cState has none")] if ids else []
    drafts = [
        Draft("team", owner, {"name": config.title[:_MAX_TITLE]}, config.file),
        Draft(
            "person",
            ACTOR.partition(":")[2],
            {"name": "cState import", "bot": True, "description": "Stands for whoever wrote what was imported."},
            config.file,
        ),
    ]
    for order, system in enumerate(config.systems, start=1):
        fields, dropped = _service(system, order, config, owner, ids[system.name])
        guesses += [Remark(config.file, reason) for reason in dropped]
        drafts.append(Draft("service", ids[system.name], fields, config.file))
    return Catalogue(f"team:{owner}", ids, drafts, guesses)


def settings_fields(config: SiteConfig) -> Mapping[str, Any]:
    """Return what `itsm.yaml` says of the site's organisation."""
    organisation = {"name": config.title[:_MAX_TITLE]}
    if is_web_address(config.url):
        organisation["url"] = config.url
    return {"format": 1, "organisation": organisation, "time_zone": "UTC"}


def _service(
    system: System, order: int, config: SiteConfig, owner: str, id_: str
) -> tuple[Mapping[str, Any], Sequence[str]]:
    title = clip(system.name)
    fields: dict[str, Any] = {"title": title if len(title) >= _MIN_TITLE else f"System {title}"}
    description = [system.description] if system.description else []
    if len(system.name) > _MAX_TITLE:
        description.insert(0, system.name)
    if description:
        fields["description"] = "\n\n".join(description)
    public: dict[str, Any] = {"name": clip(system.name)}
    if system.category:
        public["group"] = clip(system.category)
    fields |= {"state": "live", "owner": f"team:{owner}", "tier": TIER, "visibility": "public"}
    fields["public"] = public | {"order": order}
    if system.name != id_:
        fields["aliases"] = [system.name[:200]]
    dropped: list[str] = []
    if system.link:
        link = urljoin(config.url, system.link)
        if is_web_address(link):
            fields["links"] = [{"type": "website", "url": link}]
        else:
            dropped.append(f"link {system.link!r} of system {system.name!r} is no web address: left out")
    fields["external"] = [{"system": SYSTEM, "id": system.name}]
    return fields, dropped


def clip(text: str) -> str:
    """Return a text of one line that fits into a title; a longer one ends with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= _MAX_TITLE:
        return line
    return line[: _MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def is_web_address(text: str) -> bool:
    """Return whether the text is a whole http address without characters that an address cannot hold."""
    return re.fullmatch(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#][!-;=?-\[\]_a-z~%]*)?", text) is not None
