"""The roll-up: one indicator and one sentence for all services together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from itsm_as_code.status.levels import LEVEL_WORDS, Level, worst
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
    """The gravest level among the services."""
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


def headline(overview: Overview, names: Mapping[str, str]) -> Headline:
    """Return the headline; `names` gives the name of each service by address, as the audience knows it."""
    levels = [standing.level for standing in overview.standings.values()]
    level = worst(levels)
    indicator, description = rollup([level for level in levels if level != "unknown"])
    if level != "operational":
        hit = [names[address] for address, standing in overview.standings.items() if standing.level == level]
        return Headline(indicator, description, level, _effect(level, hit, len(levels)))
    count = len(overview.open_incidents)
    if count:
        incidents = "one incident" if count == 1 else f"{count} incidents"
        return Headline(indicator, description, level, f"We are working on {incidents}; every service is up")
    return Headline(indicator, description, level, "All systems operational")


def _effect(level: Level, names: Sequence[str], total: int) -> str:
    """Return the effect and whom it hits; names may be singular or plural, so the sentence has no verb."""
    if len(names) == total > 1:
        hit = "all services"
    elif len(names) > _NAMED:
        hit = f"{len(names)} services"
    else:
        hit = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return f"{LEVEL_WORDS[level]}: {hit}"
