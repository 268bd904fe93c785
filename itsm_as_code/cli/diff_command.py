"""`itsm diff`: what a step did, in the language of service management, and what follows from it."""

from pathlib import Path

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.errors import ItsmError
from itsm_as_code.reporters.diff_drawing import diff_drawing
from itsm_as_code.reporters.diff_facts import diff_facts
from itsm_as_code.reporters.diff_markdown import diff_markdown
from itsm_as_code.reporters.diff_text import diff_text
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import Look
from itsm_as_code.snapshot.step import Step
from itsm_as_code.sources.ancestors import common_ancestor
from itsm_as_code.sources.branch import HEAD
from itsm_as_code.sources.source import Source


@click.command(
    "diff",
    epilog="""\b
Examples:
  itsm diff                                    what is not committed yet
  itsm diff main                               from main to what is here
  itsm diff main...HEAD --format markdown      what a branch brings, for a pull request
  itsm diff --since yesterday                  from the last commit of then to what is here
  itsm diff --since "2 weeks ago" --at 08:00   from one time to another
""",
)
@click.argument("base", required=False, metavar="[BASE]")
@click.argument("head", required=False, metavar="[HEAD]")
@click.option("--since", metavar="TIME", help="In place of BASE: the branch's last commit at that time.")
@options.staged_option
@click.option("--all", "everything", is_flag=True, help="Tell each of many alike edits, and all of a long list.")
@options.root_option
@travel.when_options
@options.format_option("text", "json", "markdown")
def command(
    *,
    base: str | None,
    head: str | None,
    since: str | None,
    staged: bool,
    everything: bool,
    root: Path | None,
    when: travel.When,
    format_: str,
) -> None:
    """Tell what differs between two revisions: what became of which record, and what follows from it.

    Where no BASE is named, it begins at the last commit; where no HEAD is, it ends at what is here, committed or not.
    BASE...HEAD is what HEAD brings since it parted from BASE. By time, --since names the beginning and --at the end.
    It exits 0 whether anything differs or not.
    """
    before, after = _ends(root, (base, head), since, when, staged=staged)
    old = options.read_snapshot(before)
    new = options.read_snapshot(after, known=old)
    # It changes nothing, but what is no time is told as everywhere.
    options.clock(when.now, when.clock_option, new.config.time_zone)
    step = Step(old, new)
    facts = diff_facts(step)
    if format_ == "json":
        options.emit(to_json(facts))
    elif format_ == "markdown":
        options.emit(diff_markdown(facts, {**old.kinds, **new.kinds}, diff_drawing(step), everything=everything))
    else:
        look = options.look(everything=everything) or Look(0, colour=False, everything=everything)
        options.emit(diff_text(facts, {**old.kinds, **new.kinds}, look))


def _ends(
    root: Path | None, named: tuple[str | None, str | None], since: str | None, when: travel.When, *, staged: bool
) -> tuple[Source, Source]:
    """Return where the step begins and where it ends."""
    base, head = named
    if since is not None and base is not None:
        raise ItsmError(f"--since and {base} both say where to begin", "give one of them")
    if base is not None and head is None and ".." in base:
        base, head = _range(root, base)
    if head is not None and (when.tip is not None or staged):
        option = "--staged" if staged else "--at" if when.at is not None else "--rev"
        raise ItsmError(f"{option} and {head} both say where to end", "give one of them")
    if base is None and since is None and when.tip is not None:
        raise ItsmError("it is not said where to begin", "name a revision, or --since TIME")
    if since is not None:
        before, _ = travel.source_at(root, when.tip or HEAD, since, "--since")
    else:
        before = options.open_source(root, base or HEAD)
    if head is not None:
        return before, options.open_source(root, head)
    return before, travel.open_when(root, when, staged=staged)


def _range(root: Path | None, text: str) -> tuple[str, str]:
    """Return the two ends of ``A..B``, or of ``A...B``, which begins where B parted from A; HEAD stands for none."""
    dots = "..." if "..." in text else ".."
    base, _, head = text.partition(dots)
    base, head = base or HEAD, head or HEAD
    return (common_ancestor(options.find_folder(root, head), base, head) if dots == "..." else base), head
