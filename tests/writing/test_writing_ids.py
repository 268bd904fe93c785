"""Ids of new records are free, readable aloud, and of the day in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.kind import Kind
from itsm_as_code.model.reference import is_id
from itsm_as_code.writing.ids import free_slug, new_id, slug

INCIDENT = Kind(
    name="incident",
    title="Incident",
    plural="incidents",
    description="",
    folder="incidents",
    id_form="process",
    prefix="INC",
    title_field="title",
    states={},
    logged=True,
    links=(),
    columns=(),
    starter=(),
    schema={},
)


class Fixed(Random):
    """Chance that always draws the same letter, as often as it is told to, and then the next."""

    def __init__(self, repeats: int) -> None:
        super().__init__(0)
        self.left = repeats

    def choice(self, seq: str) -> str:  # type: ignore[override]
        self.left -= 1
        return seq[10 if self.left >= 0 else 11]


def test_the_date_is_that_of_utc() -> None:
    now = datetime(2026, 3, 4, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert new_id(INCIDENT, [], now, Fixed(0)).startswith("INC-20260303-")


def test_ids_are_well_formed() -> None:
    random = Random(2)  # noqa: S311 - a fixed seed, for the same ids in every run
    now = datetime(2026, 3, 4, tzinfo=UTC)
    assert all(is_id(INCIDENT, new_id(INCIDENT, [], now, random)) for _ in range(200))


def test_a_taken_id_is_not_drawn_again_whatever_its_case() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    assert new_id(INCIDENT, ["INC-20260304-AAAA"], now, Fixed(4)) == "INC-20260304-bbbb"


def test_it_ends_where_nothing_is_free() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    with pytest.raises(ItsmError, match="no free id"):
        new_id(INCIDENT, ["inc-20260304-aaaa"], now, Fixed(10**6))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Payment Service", "payment-service"),
        ("www.example.org", "www.example.org"),
        ("Straße & Café", "strasse-cafe"),
        ("  --a..b--  ", "a.b"),
        ("日本", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_taken_slug_is_numbered() -> None:
    assert free_slug("Web", ["WEB", "web-2"]) == "web-3"
    assert free_slug("日本", []) == "record"
