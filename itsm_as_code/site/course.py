"""How long an incident was felt, in words."""

from datetime import datetime

from itsm_as_code.site.moments import duration_words, span_words
from itsm_as_code.status.intervals import Episode, Impact


def spell(item: Episode, now: datetime) -> str:
    """Return how long an incident has been open, or, once it is over, how long it was felt (else was open)."""
    if item.is_open(now):
        return span_words(item.start, now)
    impact = item.impact(now)
    return felt_words(impact, now) if impact is not None else span_words(item.start, item.end(now))


def felt_words(impact: Impact, now: datetime) -> str:
    """Return how long it was felt; where it was not all the time, how long in all."""
    end = impact.end or now
    if impact.length < end - impact.start:
        return f"{duration_words(impact.length)} in all"
    return span_words(impact.start, end)
