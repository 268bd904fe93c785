"""How long an incident was felt, in words."""

from datetime import datetime

from itsm_as_code.site.moments import duration_words, span_words
from itsm_as_code.status.intervals import Episode


def spell(item: Episode, now: datetime) -> str:
    """Return how long an incident has been open, or, once it is over, how long it was felt (else was open)."""
    if item.is_open(now):
        return span_words(item.start, now)
    impact = item.impact(now)
    return duration_words(impact.length) if impact is not None else span_words(item.start, item.end(now))
