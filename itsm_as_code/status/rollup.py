"""The roll-up: one indicator and one sentence for all services together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from itsm_as_code.status.levels import LEVEL_WORDS, Level, rank, worst
from itsm_as_code.status.overview import Overview

Indicator = Literal["none", "maintenance", "minor", "major", "critical"]

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """What a status page says first."""

    indicator: Indicator
    description: str
    """The roll-up over components alone, in the words of the status page interface that the world knows."""
    level: Level
    """The gravest level among the services and the open incidents; unknown where not enough is known to say."""
    sentence: str
    """What people read: it names the effect, and does not say "all operational" over an open incident."""


def rollup(levels: Sequence[Level]) -> tuple[Indicator, str]:
    """Return indicator and description over the components' levels."""
    if "major-outage" in levels:
        if all(level == "major-outage" for level in levels):
            return "critical", "Major System Outage"
        return "major", "Partial System Outage"
    if "partial-outage" in levels:
        return "minor", "Minor Service Outage"
    if "degraded" in levels:
        return "minor", "Partially Degraded Service"
    if "under-maintenance" in levels:
        return "maintenance", "Service Under Maintenance"
    return "none", "All Systems Operational"


def headline(overview: Overview, now: datetime, names: Mapping[str, str]) -> Headline:
    """Return the headline at `now`; `names` gives the name of each service by address, as the audience knows it."""
    levels = [standing.level for standing in overview.standings.values()]
    indicator, description = rollup([level for level in levels if level != "unknown"])
    level, sentence = _sentence(overview, now, names)
    return Headline(indicator, description, level, sentence)


def _sentence(overview: Overview, now: datetime, names: Mapping[str, str]) -> tuple[Level, str]:
    worst_of = worst(standing.level for standing in overview.standings.values())
    own = [item.level(now) for item in overview.open_incidents]
    declared = worst(own)
    if rank(declared) > rank(worst_of):
        these = "the open incident" if own.count(declared) == 1 else "the open incidents"
        return declared, f"{LEVEL_WORDS[declared]}: see {these}"
    if rank(worst_of) > rank("unknown"):
        hit = [names[address] for address, standing in overview.standings.items() if standing.level == worst_of]
        return worst_of, _effect(worst_of, hit, len(overview.standings))
    unsure = overview.incomplete or worst_of == "unknown"
    if own:
        incidents = "one incident" if len(own) == 1 else f"{len(own)} incidents"
        return worst_of, f"We are working on {incidents}" + ("; some reports could not be read" if unsure else "")
    if unsure:
        return "unknown", "No known outage; some reports could not be read"
    if not overview.standings:
        return "unknown", "No services are shown here yet"
    return "operational", "All systems operational"


def _effect(level: Level, names: Sequence[str], total: int) -> str:
    """Return the effect and whom it hits; names may be singular or plural, so the sentence has no verb."""
    if len(names) == total > 1:
        hit = "all services"
    elif len(names) > _NAMED:
        hit = f"{len(names)} services"
    else:
        hit = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{LEVEL_WORDS[level]}: {hit}"
