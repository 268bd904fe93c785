"""Branches and remotes: where work stands, how to go to another branch with it, and how to send one away."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from itsm_as_code.errors import ItsmError
from itsm_as_code.model.words import shortened
from itsm_as_code.sources import git
from itsm_as_code.sources.messages import take_apart

_BASE = "itsmbase"
"""The setting of a branch of ours that names the branch it began on; git forgets it with the branch."""
_SECRETS = re.compile(
    r"(?<=://)[^/\s@]*:[^\s@]*@(?!\S*@)|(?<=://)[^/\s]*@|\b[^\s/@:]+:[^\s/@]+@(?=[\w.-]+[:/])|(?<=\w)\?[^\s'\"]*=[^\s'\"/]*"
)
"""Users and passwords in URLs, also one with a slash that should have been escaped; and what stands behind a ``?``."""


def current(root: Path) -> str:
    """Return the branch that is checked out; empty where it is none."""
    return _words(root, "symbolic-ref", "--quiet", "--short", "HEAD")


def tip(root: Path, reference: str) -> str:
    """Return the id of the commit at a reference (``refs/heads/main``, ``HEAD``); empty where there is none."""
    return _words(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")


def begun_on(root: Path, branch: str) -> str:
    """Return the branch on which one of ours began; empty for one that is not ours."""
    return git.setting(f"branch.{branch}.{_BASE}", root)


def is_ancestor(root: Path, old: str, new: str) -> bool:
    """Return whether a commit is another, or one that the other came from."""
    code, _ = git.act(["merge-base", "--is-ancestor", old, new], root)
    return code == 0


def switch(root: Path, branch: str) -> None:
    """Check a branch out with all that is edited and not committed. Raises ItsmError where git cannot carry it over."""
    _act(root, f"git cannot go to branch {branch}", "switch", "--quiet", branch)


def switch_to_new(root: Path, branch: str, start: str, base: str) -> None:
    """Make a branch at a commit, over one of this name, and check it out with all that is edited and not committed.

    `base` is noted as the branch on which it began. Raises ItsmError where git cannot carry everything over.
    """
    _act(root, f"git cannot make branch {branch}", "switch", "--quiet", "--no-track", "-C", branch, start)
    if base:
        git.run(["config", f"branch.{branch}.{_BASE}", base], root)


def switch_back(root: Path, was: str, branch: str, before: str | None) -> None:
    """Undo `switch` or `switch_to_new`: go back to the branch or commit `was`.

    `before` is what the branch was: a commit, nothing where there was none, None where it was not touched.
    """
    detached = [] if tip(root, f"refs/heads/{was}") else ["--detach"]
    _act(root, f"git cannot go back to {was}", "switch", "--quiet", *detached, was)
    if before:
        git.run(["branch", "--force", branch, before], root)
    elif before is not None:
        git.run(["branch", "-D", "--quiet", branch], root)


def remote_of(root: Path, branch: str) -> str:
    """Return the remote to which git would push a branch: its own, the one for all, `origin`, or the only one."""
    known = git.run(["remote"], root).decode("utf-8", "replace").split()
    asked = (f"branch.{branch}.pushRemote", "remote.pushDefault", f"branch.{branch}.remote")
    for name in (*(git.setting(each, root) for each in asked), "origin"):
        if name in known:
            return name
    return known[0] if len(known) == 1 else ""


def remote_urls(root: Path, remote: str) -> Sequence[str]:
    """Return where a remote is pushed to, and where it is read from. Raises ItsmError where there is no such remote."""
    urls = [_words(root, "remote", "get-url", *push, "--", remote) for push in (["--push"], [])]
    if not all(urls):
        raise ItsmError(f"there is no remote {shortened(without_credentials(remote))}", "git remote lists their names")
    return urls


def trailers(root: Path, revisions: str, name: str) -> Sequence[Collection[str]]:
    """Return for each commit of a range (``main..topic``) what its trailers of this name say."""
    messages = git.run(["log", "-z", "--format=%B", "--encoding=UTF-8", "--end-of-options", revisions, "--"], root)
    found = [take_apart(text)[2] for text in messages.decode("utf-8", "replace").split("\0") if text]
    return [{value for key, value in each if key == name} for each in found]


def default_branch(root: Path, remote: str) -> str:
    """Return the branch that a remote has as its default, as far as this clone knows; else `main` or `master`."""
    head = _words(root, "symbolic-ref", "--quiet", "--short", f"refs/remotes/{remote}/HEAD")
    if head:
        return head.removeprefix(f"{remote}/")
    return next((name for name in ("main", "master") if tip(root, f"refs/heads/{name}")), "")


def push(root: Path, remote: str, branch: str) -> str:
    """Push a branch and have it follow its copy there; return nothing, or why that failed, without credentials."""
    reference = f"refs/heads/{branch}:refs/heads/{branch}"
    code, said = git.act(["push", "--set-upstream", "--", remote, reference], root)
    return _why(without_credentials(said)) if code else ""


def without_credentials(text: str) -> str:
    """Return the text with no user, no password and no token in any URL."""
    return _SECRETS.sub("", text)


def _why(said: str) -> str:
    """Return the one line of what a failed push says that tells why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    rejected = next((line for line in lines if "rejected]" in line), "")
    told = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    if "(fetch first)" in rejected or "(non-fast-forward)" in rejected:
        return "the remote has other commits on it"
    if rejected:
        reason = rejected.rpartition("(")[2].removesuffix(")")
        return f"{reason}: {' '.join(filter(None, told))[:200]}" if any(told) else reason
    complaint = next((line for line in lines if line.lower().startswith(("fatal: ", "error: "))), "")
    why = complaint.partition(": ")[2]
    if not why or why.startswith("failed to push some refs"):
        # What a hook of our own says stands above; git only says that it failed.
        return lines[0] if lines and lines[0] != complaint else "a hook refused"
    return why


def _words(root: Path, *arguments: str) -> str:
    """Return what git answers on one line; empty where it has no answer."""
    try:
        return git.run(arguments, root).decode("utf-8", "replace").strip()
    except git.RefusedError:
        return ""


def _act(root: Path, message: str, *arguments: str) -> None:
    code, said = git.act(arguments, root)
    if code:
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        why = lines[0].partition(": ")[2] or lines[0] if lines else "it did not say why"
        files = [line.strip() for line in said.splitlines() if line.startswith("\t")]
        hint = "git stash, git switch to that branch, git stash pop, and try again" if "overwritten" in why else ""
        raise ItsmError(f"{message}: {without_credentials(' '.join((why, *files[:3])))}", hint)
