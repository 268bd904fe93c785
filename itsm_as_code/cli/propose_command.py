"""`itsm propose`: commits edits to a branch named after their record, pushes it, and links to the new pull request."""

from datetime import datetime
from pathlib import Path

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_record
from itsm_as_code.editing.forge_link import new_pull_request
from itsm_as_code.editing.propose import Proposal, Way, addresses, commit_to, find_way, standing, subject
from itsm_as_code.errors import ItsmError
from itsm_as_code.model.letters import visible, visible_lines
from itsm_as_code.model.place import printable
from itsm_as_code.model.reference import RECORDS, entry_folder
from itsm_as_code.snapshot.load import load
from itsm_as_code.snapshot.snapshot import Snapshot
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources import remotes
from itsm_as_code.sources.committing import NotCommittedError, refuse_unready, uncommitted
from itsm_as_code.sources.revision import RevisionSource


@click.command(
    "propose",
    epilog="""\b
Examples:
  itsm note INC-20260310-d3fy "Called the vendor." && itsm propose INC-20260310-d3fy --no-push
  itsm assign INC-20260310-d3fy leila-haddad && itsm propose --no-push --base main
""",
)
@click.argument("id_", metavar="[ID]", required=False)
@click.option("-m", "--message", metavar="TEXT", help="First line of the commit; by default what was edited.")
@click.option("--base", metavar="BRANCH", default="", help="What the pull request is for; by default the branch here.")
@click.option("--remote", metavar="NAME", default="", help="Where to push; by default the branch's remote, or origin.")
@click.option("--no-push", is_flag=True, help="Commit to the branch, and push nothing.")
@click.option("--back", is_flag=True, help="Go back to the branch of before, when all is pushed.")
@options.root_option
def command(
    *, id_: str | None, message: str | None, base: str, remote: str, no_push: bool, back: bool, root: Path | None
) -> int:
    """Commit what is edited in a record, or in all of them, to a branch of its own, push it, and print the link.

    The branch is named after the record and begins where you stand. You are on it afterwards, so that what you edit
    next can be proposed in the same way; --back returns.
    """
    folder = options.find_folder(root)
    refuse_unready(folder)
    snapshot = options.open_snapshot(root, None)
    was = remotes.current(folder)
    remote = remote or remotes.remote_of(folder, was)
    if not remote and not no_push:
        raise ItsmError("this repository has no remote to push to", "git remote add origin URL, or --no-push")
    urls = remotes.remote_urls(folder, remote) if remote else ()
    proposal = _proposal(folder, snapshot, id_, message)
    if proposal is not None:
        now = options.clock_in_zone(None, snapshot.config.time_zone)
        way = _committed(folder, proposal, find_way(folder, proposal, remote, base), now)
    else:
        way = _unpushed(folder, remote, id_)
    if not no_push:
        _push(folder, remote, way)
        links = (new_pull_request(url, way.branch, way.base, snapshot.config.forge) for url in urls)
        options.emit(_linked(next(filter(None, links), "")))
    _say_where(folder, was, way, back=back and not no_push)
    return 0


def _proposal(folder: Path, snapshot: Snapshot, id_: str | None, text: str | None) -> Proposal | None:
    """Return what is edited and not committed; None where nothing is."""
    record = find_record(snapshot, id_) if id_ is not None else None
    files = tuple(uncommitted(folder, [RECORDS] if record is None else [record.file, entry_folder(record.file)]))
    if not files:
        return None
    if not remotes.tip(folder, "HEAD"):
        raise ItsmError("there is no commit yet, and so nothing to propose edits of", "git add . && git commit")
    records = tuple(addresses(snapshot, files)) or tuple(map(printable, files))
    if text is None:
        base = load(RevisionSource(folder, "HEAD"), known=snapshot)
        text = subject(records, Step(base, snapshot).edits)
    return Proposal(files, records, text, named=record is not None)


def _committed(folder: Path, proposal: Proposal, way: Way, now: datetime) -> Way:
    try:
        id_ = commit_to(folder, way, proposal, now)
    except NotCommittedError as error:
        click.echo(visible_lines(error.output), err=True, nl=False)
        hint = "the files stay edited; see what was said above, and try again"
        raise ItsmError(error.message, hint) from error
    options.emit(f"{' '.join(visible(proposal.subject).split())}\n")
    options.emit("".join(f"  {printable(file)}\n" for file in proposal.files))
    options.emit(f"  committed as {id_} on branch {visible(way.branch)}\n")
    return way


def _unpushed(folder: Path, remote: str, id_: str | None) -> Way:
    """Return the branch of ours that we stand on and that holds commits that are not pushed."""
    way = standing(folder, remote)
    of = f" of {id_}" if id_ else ""
    if way is None:
        raise ItsmError(f"nothing to propose: no edit{of} is uncommitted", "edit something first, or git push")
    if remotes.tip(folder, "HEAD") == remotes.tip(folder, f"refs/remotes/{remote}/{way.branch}"):
        raise ItsmError(f"nothing to propose: no edit{of} is uncommitted, and {way.branch} is pushed")
    return way


def _push(folder: Path, remote: str, way: Way) -> None:
    why = remotes.push(folder, remote, way.branch)
    if why:
        message = f"{way.branch} was not pushed to {remote}: {why}"
        raise ItsmError(message, "the commit is on the branch; try again with itsm propose")
    options.emit(f"pushed to {remote}\n")


def _linked(link: str) -> str:
    if link:
        return f"new pull request: {link}\n"
    return "no link, since the forge is not known; itsm.yaml may say it: forge: {type: gitlab, url: https://…}\n"


def _say_where(folder: Path, was: str, way: Way, *, back: bool) -> None:
    if was == way.branch:
        return
    before, there = visible(was), visible(way.branch)
    if back and was:
        remotes.switch(folder, was)
        options.emit(f"you are back on {before}, without the edits; git switch {there} goes to them\n")
    else:
        options.emit(f"you are on branch {there} now{f'; git switch {before} goes back' if was else ''}\n")
