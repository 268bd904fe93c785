"""Links to a forge's page for a new pull request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itsm_as_code.editing.forge_link import new_pull_request, read_remote
from itsm_as_code.model.config import Forge
from itsm_as_code.sources.remotes import without_credentials

BRANCH = "itsm/INC-20260304-k7qz"
GITHUB = f"https://github.com/seven/records/compare/main...{BRANCH}?quick_pull=1"
GITLAB = (
    "https://gitlab.com/seven/it/records/-/merge_requests/new?merge_request%5Bsource_branch%5D=itsm%2FINC-20260304-k7qz"
    "&merge_request%5Btarget_branch%5D=main"
)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://github.com/seven/records.git", GITHUB),
        ("https://github.com/seven/records", GITHUB),
        ("https://github.com/seven/records/", GITHUB),
        ("https://alice:s3cret@github.com/seven/records.git", GITHUB),
        ("https://x-access-token:ghs_1/2@x@github.com/seven/records.git", ""),
        ("https://ghp_token@github.com/seven/records.git", GITHUB),
        ("git@github.com:seven/records.git", GITHUB),
        ("github.com:seven/records", GITHUB),
        ("git@github.com:/seven/records.git", GITHUB),
        ("ssh://git@github.com/seven/records.git", GITHUB),
        ("ssh://git@ssh.github.com:443/seven/records.git", GITHUB),
        ("git://GitHub.com/seven/records", GITHUB),
        ("git@gitlab.com:seven/it/records.git", GITLAB),
        ("https://oauth2:glpat@gitlab.com/seven/it/records.git", GITLAB),
        ("https://codeberg.org/seven/records.git", f"https://codeberg.org/seven/records/compare/main...{BRANCH}"),
        (
            "ssh://git@gitea.seven.example:2222/it/records.git",
            f"https://gitea.seven.example/it/records/compare/main...{BRANCH}",
        ),
        (
            "https://forgejo.seven.example:8443/it/records.git",
            f"https://forgejo.seven.example:8443/it/records/compare/main...{BRANCH}",
        ),
        ("https://git.seven.example/it/records.git", ""),
        ("https://notgithub.com/seven/records.git", ""),
        ("https://github.com.evil.example/seven/records.git", GITHUB.replace("github.com", "github.com.evil.example")),
        ("/srv/git/records.git", ""),
        ("../records.git", ""),
        ("file:///srv/git/records.git", ""),
        ("C:/git/records.git", ""),
        ("https://github.com/", ""),
        ("", ""),
    ],
)
def test_the_link_follows_from_the_remote(url: str, link: str) -> None:
    assert new_pull_request(url, BRANCH, "main", None) == link


@pytest.mark.parametrize(
    ("forge", "url", "link"),
    [
        (
            Forge("gitlab", "https://git.seven.example"),
            "git@ssh.seven.example:it/records.git",
            "https://git.seven.example/it/records/-/merge_requests/new?merge_request%5Bsource_branch%5D=b",
        ),
        (
            Forge("gitlab", "https://seven.example/gitlab"),
            "https://seven.example/gitlab/it/records.git",
            "https://seven.example/gitlab/it/records/-/merge_requests/new?merge_request%5Bsource_branch%5D=b",
        ),
        (
            Forge("gitea"),
            "https://git.seven.example:3000/it/records",
            "https://git.seven.example:3000/it/records/compare/b",
        ),
        (
            Forge("github"),
            "git@git.seven.example:it/records",
            "https://git.seven.example/it/records/compare/b?expand=1",
        ),
        (Forge("github", "https://git.seven.example"), "/srv/git/records", ""),
    ],
)
def test_the_settings_say_which_forge_it_is(forge: Forge, url: str, link: str) -> None:
    assert new_pull_request(url, "b", "", forge) == link


def test_odd_names_are_escaped() -> None:
    link = new_pull_request("git@github.com:a b/c.git", "itsm/ü#1", "re?lease", None)
    assert link == "https://github.com/a%20b/c/compare/re%3Flease...itsm/%C3%BC%231?quick_pull=1"


@given(st.from_regex(r"[a-z0-9:%!$-]{1,20}", fullmatch=True), st.sampled_from(["https", "ssh", "http"]))
def test_no_credential_is_in_a_link_or_a_message(secret: str, scheme: str) -> None:
    marked = f"sEcReT{secret}"
    url = f"{scheme}://alice:{marked}@github.com/seven/records.git"
    remote = read_remote(url)
    assert remote is not None
    assert "sEcReT" not in f"{remote} {new_pull_request(url, BRANCH, 'main', None)}"
    assert without_credentials(f"fatal: unable to access '{url}/': 403") == (
        f"fatal: unable to access '{scheme}://github.com/seven/records.git/': 403"
    )


@pytest.mark.parametrize(
    ("said", "without"),
    [
        ("https://alice:sEc/ReT@host.example/x.git/", "https://host.example/x.git/"),
        ("'https://host.example/x?private_token=sEcReT/': 403", "'https://host.example/x/': 403"),
        ("'https://sEcReT@host.example:1/x?a=1&t=sEcReT': 403", "'https://host.example:1/x': 403"),
        ("alice:sEcReT@host.example:x.git", "host.example:x.git"),
    ],
)
def test_a_secret_in_an_odd_place_is_taken_out(said: str, without: str) -> None:
    assert without_credentials(f"unable to access {said}") == f"unable to access {without}"


@pytest.mark.parametrize("forge", [None, Forge("gitlab", "")])
def test_no_token_behind_an_address_is_in_a_link(forge: Forge | None) -> None:
    assert "sEcReT" not in new_pull_request("https://gitlab.com/seven/records.git?token=sEcReT", "b", "main", forge)


def test_addresses_of_people_are_no_credentials() -> None:
    text = "To git@github.com:seven/records.git, says alice@example.org at https://github.com/@seven"
    assert without_credentials(text) == text
