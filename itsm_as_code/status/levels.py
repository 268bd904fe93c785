"""Levels of service: their order, and the words for them."""

from collections.abc import Iterable, Mapping
from typing import Literal

Level = Literal["operational", "under-maintenance", "degraded", "partial-outage", "major-outage", "unknown"]

_ORDER: tuple[Level, ...] = (
    "operational",
    "unknown",
    "under-maintenance",
    "degraded",
    "partial-outage",
    "major-outage",
)
_RANK: Mapping[str, int] = {level: rank for rank, level in enumerate(_ORDER)}

LEVEL_WORDS: Mapping[str, str] = {
    "operational": "Operational",
    "under-maintenance": "Under maintenance",
    "degraded": "Degraded",
    "partial-outage": "Partial outage",
    "major-outage": "Major outage",
    "unknown": "Unknown",
}
"""Level → what a status page says."""

_DECLARED: Mapping[str, Level] = {
    "none": "operational",
    "degraded": "degraded",
    "partial-outage": "partial-outage",
    "major-outage": "major-outage",
}


def declared_level(text: object) -> Level | None:
    """Return the level that a record's word (``none``, ``degraded``, …) declares; None for any other value."""
    return _DECLARED.get(text) if isinstance(text, str) else None


def rank(level: Level) -> int:
    """Return how grave a level is; 0 is operational."""
    return _RANK[level]


def worst(levels: Iterable[Level]) -> Level:
    """Return the gravest of the levels; operational where there are none."""
    return max(levels, key=rank, default="operational")
