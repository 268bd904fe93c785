"""Late: when something is written down so long after it happened that the entry says so."""

from datetime import datetime, timedelta

LATE = timedelta(hours=1)
"""How much later than `at` an entry may be written without saying so in `recorded_at`."""
AHEAD = timedelta(minutes=5)
"""How far the clocks of two computers may be apart, and by how much people round up."""


def is_late(at: datetime, written: datetime) -> bool:
    """Return whether what happened `at` was written (both aware) late."""
    return written - at > LATE


def is_early(at: datetime, written: datetime) -> bool:
    """Return whether something was written (both aware) before it happened `at`, so that one of the times is wrong."""
    return at - written > AHEAD
