"""Late: when something is written down so long after it happened that the entry says so."""

from datetime import datetime, timedelta

LATE = timedelta(hours=1)
"""How much later than `at` an entry may be written without saying so in `recorded_at`."""


def is_late(at: datetime, written: datetime) -> bool:
    """Return whether what happened `at` was written (both aware) late."""
    return written - at > LATE
