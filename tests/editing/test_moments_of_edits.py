"""When what an edit tells of happened."""

from datetime import UTC, datetime

import pytest

from itsm_as_code.editing.moments import moment
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.times import time_text

NOW = datetime(2026, 3, 10, 23, 10, 5, 900, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (None, "2026-03-11T00:10:05+01:00"),
        ("now", "2026-03-11T00:10:05+01:00"),
        ("10m ago", "2026-03-11T00:00:05+01:00"),
        ("00:09", "2026-03-11T00:09:00+01:00"),
        ("yesterday 23:50", "2026-03-10T23:50:00+01:00"),
        ("2026-03-04 09:00", "2026-03-04T09:00:00+01:00"),
        ("2026-03-04T09:00:00Z", "2026-03-04T09:00:00Z"),
    ],
)
def test_when_it_happened(said: str | None, meant: str) -> None:
    at = moment(said, NOW, "Europe/Berlin")
    assert time_text(at) == meant
    assert not at.microsecond


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("23:50", '--at 23:50 is still to come (write "yesterday 23:50")'),
        ("in 2h", "--at in 2h is still to come (a timeline tells what has happened; leave --at out for now)"),
        ("2027-01-01", "--at 2027-01-01 is still to come (a timeline tells what has happened; leave --at out for now)"),
        ("noonish", "--at noonish is not a time (write 2026-03-04, "),
        ("2025-10-26 02:30", "--at 2025-10-26 02:30 came twice in Europe/Berlin: the clocks went back then (write "),
    ],
)
def test_what_is_refused(said: str, words: str) -> None:
    with pytest.raises(ItsmError) as refused:
        moment(said, NOW, "Europe/Berlin")
    assert str(refused.value).startswith(words)
