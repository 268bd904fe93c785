"""Which records people mean by a name."""

import pytest

from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.naming import bearers, nearest_names, target
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

FILES = {
    "records/people/jonas-brandt.yaml": "name: Jonas\nemails: [J@Example.org]\nhandles: {github: {login: jb}}\n",
    "records/people/web.yaml": "name: Webster\n",
    "records/teams/infrastructure.yaml": "name: Infrastructure\naliases: [jb]\n",
    "records/teams/web.yaml": "name: Web\n",
    "records/services/web-shop.yaml": "name: Shop\naliases: [web]\n",
    "records/incidents/2026/INC-20260310-d3fy.yaml": "title: Down\n",
}
WORKERS = ("team", "person")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return load(MemorySource(FILES))


@pytest.mark.parametrize(
    ("text", "kinds", "found"),
    [
        ("jonas-brandt", WORKERS, ["person:jonas-brandt"]),
        ("j@example.org", WORKERS, ["person:jonas-brandt"]),
        # An alias comes before an account.
        ("JB", WORKERS, ["team:infrastructure"]),
        ("@jb", ("person",), ["person:jonas-brandt"]),
        ("web", WORKERS, ["person:web", "team:web"]),
        # What has another kind does not hide who bears the name as an alias.
        ("web", ("service",), ["service:web-shop"]),
        ("team:web", (), ["team:web"]),
        ("team:web", ("service",), []),
        ("", (), []),
    ],
)
def test_who_bears_a_name(snapshot: Snapshot, text: str, kinds: tuple[str, ...], found: list[str]) -> None:
    assert sorted(record.address for record in bearers(snapshot, text, kinds)) == found


@pytest.mark.parametrize(
    ("text", "kinds", "near"),
    [
        ("infra", WORKERS, ["team:infrastructure"]),
        ("brandt", WORKERS, ["person:jonas-brandt"]),
        ("infrastrukture", WORKERS, ["team:infrastructure"]),
        ("d3fy", (), ["INC-20260310-d3fy"]),
        ("br", WORKERS, []),
        ("infra", ("person",), []),
    ],
)
def test_who_may_be_meant(snapshot: Snapshot, text: str, kinds: tuple[str, ...], near: list[str]) -> None:
    assert nearest_names(snapshot, text, kinds) == near


def test_a_record_of_another_kind_is_no_target(snapshot: Snapshot) -> None:
    with pytest.raises(ItsmError, match=r"^service:web-shop is a service \(a team or a person is wanted here\)$"):
        target(snapshot, "web-shop", WORKERS)
