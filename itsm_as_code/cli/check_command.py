"""`itsm check`: what is overdue, expired or soon will be, as of a time."""

from typing import Unpack

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.judging import Chosen, judge, judging_options
from itsm_as_code.rules import engine


@click.command(
    "check",
    epilog="""\b
Examples:
  itsm check                                     now
  itsm check --as-of 2026-12-31T23:59:00+01:00   what will have run out by the end of the year
  itsm check records/licences records/contracts  only findings in these files
  itsm check --select renewal-due --format json  one rule, for a script
  itsm check --format github                     annotations, in a nightly run
""",
)
@judging_options
@click.option(
    "--as-of",
    "as_of",
    metavar="TIME",
    help="The moment, as RFC 3339 time; by default SOURCE_DATE_EPOCH, else the machine's clock.",
)
def command(*, as_of: str | None, **chosen: Unpack[Chosen]) -> int:
    """Say what is overdue, expired or soon will be, as of a time. Exit 1 if there is any error.

    It looks for what itsm lint, which knows no time, cannot: warranties, licences, contracts and support that end,
    reviews and updates that are due, incidents that nobody touches, waivers that ended. Of the records it knows what
    is in them now, but timeline entries after the moment do not count. Days are those of the time zone in itsm.yaml.
    """
    moment = options.clock(as_of, "--as-of")
    return judge(lambda snapshot: engine.check(snapshot, moment), chosen, moment.isoformat())
