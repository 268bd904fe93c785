"""Links to a forge's page for a new pull request, from the address of the remote; never with a credential."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from itsm_as_code.model.config import Forge, ForgeType

_URL = re.compile(
    r"(?P<scheme>https?|ssh|git|git\+ssh|ssh\+git)://(?:[^/@]*@)*(?P<host>\[[^\]/]*\]|[^/:@]+)(?P<port>:\d+)?/(?P<path>.+)",
    re.IGNORECASE,
)
_SCP = re.compile(r"(?:[^/@:]+@)?(?P<host>\[[^\]/]*\]|[^/:@]{2,}):(?!//)/?(?P<path>[^/].*)")
"""``git@host:path``, as scp writes it. One letter before the colon is a drive of Windows."""

_PUBLIC: Mapping[str, ForgeType] = {
    "github.com": "github",
    "ssh.github.com": "github",
    "gitlab.com": "gitlab",
    "altssh.gitlab.com": "gitlab",
    "codeberg.org": "forgejo",
    "gitea.com": "gitea",
}
_SSH_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}
"""Hosts that only speak SSH, on port 443, with those that have the pages."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a remote is: the address of its host's pages, the host alone, and the repository's path there."""

    site: str
    host: str
    path: str


def read_remote(url: str) -> Remote | None:
    """Return where a remote's URL leads; None for a folder, or where nothing of the web can be told from it.

    ``https://host:8443/team/repo.git``, ``ssh://git@host:2222/team/repo``, ``git@host:group/subgroup/repo.git``. A
    port is kept where it is the web's.
    """
    match = _URL.fullmatch(url.strip()) or _SCP.fullmatch(url.strip())
    if match is None:
        return None
    groups = match.groupdict()
    scheme = (groups.get("scheme") or "ssh").lower()
    host = groups["host"].lower()
    host = _SSH_HOSTS.get(host, host)
    is_web = scheme in ("http", "https")
    # Some put a token behind a question mark.
    path = (re.split("[?#]", groups["path"])[0] if is_web else groups["path"]).strip("/").removesuffix(".git")
    site = f"{scheme if is_web else 'https'}://{host}{(groups.get('port') or '') if is_web else ''}"
    return Remote(site, host, path) if path else None


def new_pull_request(url: str, branch: str, base: str, forge: Forge | None) -> str:
    """Return the page on which a pull request of a branch is made; empty where the forge is not known.

    `base` is the branch that it shall go to; empty for the forge's default. Formats: GitHub's documented `quick_pull`,
    GitLab's `merge_request[source_branch]`, and the `compare` page of Gitea and Forgejo.
    """
    remote = read_remote(url)
    type_ = forge.type if forge is not None else _type_of(remote.host) if remote is not None else None
    if remote is None or type_ is None:
        return ""
    site = (forge.url if forge is not None else "") or remote.site
    path = remote.path
    folder = re.sub(r"^https?://[^/]+/?", "", site)
    if folder and path.startswith(f"{folder}/"):
        # A forge below a folder of its host has that folder in the remotes by HTTP, too.
        path = path.removeprefix(f"{folder}/")
    page = f"{site}/{quote(path)}"
    if type_ == "gitlab":
        target = f"&merge_request%5Btarget_branch%5D={quote(base, safe='')}" if base else ""
        return f"{page}/-/merge_requests/new?merge_request%5Bsource_branch%5D={quote(branch, safe='')}{target}"
    compared = f"{quote(base)}...{quote(branch)}" if base else quote(branch)
    if type_ == "github":
        return f"{page}/compare/{compared}?{'quick_pull' if base else 'expand'}=1"
    return f"{page}/compare/{compared}"


def _type_of(host: str) -> ForgeType | None:
    """Return what runs on a host: one that everybody knows, or one whose name says it."""
    if host in _PUBLIC:
        return _PUBLIC[host]
    labels = host.split(".")
    names: tuple[ForgeType, ...] = ("github", "gitlab", "gitea", "forgejo")
    return next((name for name in names if name in labels), None)
