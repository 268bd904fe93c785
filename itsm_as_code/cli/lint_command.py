"""`itsm lint`: what is wrong in the records."""

from typing import Unpack

import click

from itsm_as_code.cli.judging import Chosen, judge, judging_options
from itsm_as_code.rules import engine


@click.command(
    "lint",
    epilog="""\b
Examples:
  itsm lint                             everything
  itsm lint records/changes             only findings in these files; all records are read, so links resolve
  itsm lint --select dangling-link      one rule; on a terminal, --all shows every finding of it
  itsm lint --rev main --strict         another revision; warnings count as well
  itsm lint --format github             annotations on a pull request
  itsm lint --format sarif -o a.sarif   a file for code scanning (junit: a list of tests)
""",
)
@judging_options
def command(**chosen: Unpack[Chosen]) -> int:
    """Say what is wrong in the records, with file, line and column. Exit 1 if there is any error.

    PATHS are relative to where you stand; one that is not there is looked for in the root of the records. What an
    exception entry waives is shown as waived and does not count. What depends on the time is told by itsm check.
    """
    return judge(engine.lint, chosen)
