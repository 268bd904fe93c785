"""Who makes an edit."""

import pytest

from itsm_as_code.editing.actor import address
from itsm_as_code.errors import ItsmError
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.sources.memory import MemorySource

PEOPLE = {
    "alice": "name: Alice\nemails: [Alice@Example.org, a@example.org]\nhandles: {github: {login: alice-m}}\n",
    "bo": "name: Bo\nemails: [a@example.org]\naliases: [Robert]\nhandles: {gitlab: {login: shared}}\n",
    "cy": "name: Cy\nhandles: {github: {login: shared}, gitea: {login: alice}}\n",
    "watchdog": "name: Watchdog\nbot: true\nemails: [watchdog@example.org]\n",
    "gone": "name: Gone\nactive: false\nuntil: 2020-01-01\nemails: [gone@example.org]\n",
    "torn": "name: 7\n",
    "same": "name: Same\n",
}
TEAMS = {"dba": "name: Databases\naliases: [dbas]\n", "same": "name: Same\n"}


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    files = {f"records/people/{name}.yaml": text for name, text in PEOPLE.items()}
    return load(MemorySource(files | {f"records/teams/{name}.yaml": text for name, text in TEAMS.items()}))


@pytest.mark.parametrize(
    ("email", "who"),
    [
        ("alice@example.org", "person:alice"),
        ("ALICE@EXAMPLE.ORG", "person:alice"),
        ("watchdog@example.org", "person:watchdog"),
        ("gone@example.org", "person:gone"),
    ],
)
def test_gits_address_is_looked_for_among_people(snapshot: Snapshot, email: str, who: str) -> None:
    assert address(snapshot, None, email) == who


@pytest.mark.parametrize(
    ("named", "who"),
    [
        ("alice", "person:alice"),
        ("Alice", "person:alice"),
        ("person:alice", "person:alice"),
        ("PERSON:Alice", "person:alice"),
        ("alice-m", "person:alice"),
        ("@alice-m", "person:alice"),
        ("alice@example.org", "person:alice"),
        ("robert", "person:bo"),
        ("torn", "person:torn"),
        ("dba", "team:dba"),
        ("team:dba", "team:dba"),
        ("DBAs", "team:dba"),
        # A person comes before a team.
        ("same", "person:same"),
        ("team:same", "team:same"),
    ],
)
def test_who_is_named(snapshot: Snapshot, named: str, who: str) -> None:
    assert address(snapshot, named, "watchdog@example.org") == who


@pytest.mark.parametrize(
    ("named", "email", "words"),
    [
        (None, "", "git has no user.email (say who you are: --as PERSON, or git config user.email ADDRESS)"),
        (
            None,
            "x@example.org",
            (
                "no person has x@example.org, git's user.email (say who you are: --as PERSON; or for good: "
                "itsm set person:NAME emails+=x@example.org)"
            ),
        ),
        (
            None,
            "a@example.org",
            "a@example.org, git's user.email, belongs to person:alice and person:bo (say who you are: --as alice)",
        ),
        ("shared", "", "--as: shared may be person:bo or person:cy (name one of them)"),
        ("alise", "", "--as: there is no person or team alise (did you mean person:alice?)"),
        ("person:alise", "", "--as: there is no person or team person:alise (did you mean person:alice?)"),
        ("dbb", "", "--as: there is no person or team dbb (did you mean team:dba?)"),
        ("zzzz", "", "--as: there is no person or team zzzz (itsm list person lists them)"),
        ("service:alice", "", "--as: there is no person or team service:alice (did you mean person:alice?)"),
        ("", "a@example.org", "--as: the name is empty (name a person or a team, for example --as alice)"),
        ("person:", "", "--as: the name is empty (name a person or a team, for example --as alice)"),
    ],
)
def test_who_is_not(snapshot: Snapshot, named: str | None, email: str, words: str) -> None:
    with pytest.raises(ItsmError) as refused:
        address(snapshot, named, email)
    assert str(refused.value) == words
