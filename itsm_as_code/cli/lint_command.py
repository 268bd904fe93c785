"""`itsm lint`: what is wrong in the records."""

from collections.abc import Sequence
from typing import Unpack

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.baselining import write_baseline
from itsm_as_code.cli.comparing import Against, lint
from itsm_as_code.cli.fixing import fix, show_fixes
from itsm_as_code.cli.judging import Chosen, judge, judging_options
from itsm_as_code.errors import ItsmError

_NOT_OF_THE_TREE = ("--rev", "--at", "--staged", "--base", "--changed-since", "--merge-with")
_PARTS = ("--select", "--ignore", "PATHS")


@click.command(
    "lint",
    epilog="""\b
Examples:
  itsm lint                             everything
  itsm lint records/changes             only findings in these files; all records are read, so links resolve
  itsm lint --select dangling-link      one rule; on a terminal, --all shows every finding of it
  itsm lint --rev main --strict         another revision; warnings count as well
  itsm lint --base main                 a branch: what is wrong in it, and what it does that no edit may do
  itsm lint --changed-since main        only what the branch brought or touched
  itsm lint --merge-with main           what would be wrong once the branch is merged
  itsm lint --fix --dry-run             what a repair of quotes, line ends and aliases would change
  itsm lint --write-baseline            what is wrong today is known from now on, and only what is new fails
  itsm lint --format github             annotations on a pull request
  itsm lint --format sarif -o a.sarif   a file for code scanning (junit: a list of tests)
""",
)
@judging_options
@click.option(
    "--base",
    metavar="REV",
    help="Judge the step from REV as well: what edits may not do. By the severities, waivers and baseline of both.",
)
@click.option("--changed-since", metavar="REV", help="Report only what is new since REV or in files edited since.")
@click.option(
    "--merge-with", metavar="REV", help="Judge what a merge of REV into HEAD (or --rev) would give; nothing is merged."
)
@click.option(
    "--write-baseline",
    "writes_baseline",
    is_flag=True,
    help="Write baseline.json: what is found now is known, and does not fail. Later on it only shrinks.",
)
@click.option(
    "--fix", "fixes", is_flag=True, help="Repair what has one right answer, then report what is left (--dry-run: how)."
)
@click.option("--dry-run", is_flag=True, help="With --fix: write nothing; print the diff, and exit 1 if there is one.")
def command(
    *,
    base: str | None,
    changed_since: str | None,
    merge_with: str | None,
    writes_baseline: bool,
    fixes: bool,
    dry_run: bool,
    **chosen: Unpack[Chosen],
) -> int:
    """Say what is wrong in the records, with file, line and column. Exit 1 if there is any error.

    PATHS are relative to where you stand; one that is not there is looked for in the root of the records. What an
    exception entry waives is shown as waived and does not count; what baseline.json knows is only counted. What
    depends on the time is told by itsm check.

    --base and --changed-since compare with the commit at which the records parted from REV, as git diff REV...HEAD
    does: what others did to REV since is no part of the step.
    """
    against = Against(base, changed_since, merge_with)
    if dry_run and not fixes:
        raise ItsmError("--dry-run goes with --fix", "lint writes nothing anyway")
    if fixes and writes_baseline:
        raise ItsmError("--fix and --write-baseline exclude each other", "repair first, then write what is left")
    if fixes:
        _refuse(chosen, against, "--fix", _NOT_OF_THE_TREE, "what is in the working tree is repaired")
        if dry_run:
            return show_fixes(chosen)
        fix(chosen)
    if merge_with is not None and chosen["staged"]:
        raise ItsmError("--staged and --merge-with exclude each other", "a merge is one of commits; commit first")
    if not writes_baseline:
        return judge(lambda: lint(chosen, against), chosen, timed=False, of_steps=base is not None)
    _refuse(
        chosen,
        against,
        "--write-baseline",
        (*_NOT_OF_THE_TREE, *_PARTS),
        "the baseline is of everything in the working tree",
    )
    folder = options.find_folder(chosen["root"])
    return judge(lambda: write_baseline(folder, lint(chosen, against)), chosen, timed=False, of_steps=False)


def _refuse(chosen: Chosen, against: Against, option: str, others: Sequence[str], hint: str) -> None:
    """Raise ItsmError where an option is given together with one of the others."""
    given = {
        "--rev": chosen["when"].rev,
        "--at": chosen["when"].at,
        "--staged": chosen["staged"],
        "--base": against.base,
        "--changed-since": against.changed_since,
        "--merge-with": against.merge_with,
        "--select": chosen["select"],
        "--ignore": chosen["ignore"],
        "PATHS": chosen["paths"],
    }
    for name in others:
        if given[name]:
            raise ItsmError(f"{option} and {name} exclude each other", hint)
