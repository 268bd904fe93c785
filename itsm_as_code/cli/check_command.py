"""`itsm check`: what is overdue, expired or soon will be, as of a time."""

from dataclasses import replace
from typing import Unpack

import click

from itsm_as_code.cli import travel
from itsm_as_code.cli.judging import Chosen, Judged, judge, judging_options
from itsm_as_code.errors import ItsmError
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
    help="The same as --now.",
)
def command(*, as_of: str | None, **chosen: Unpack[Chosen]) -> int:
    """Say what is overdue, expired or soon will be, as of a time. Exit 1 if there is any error.

    It looks for what itsm lint, which knows no time, cannot: warranties, licences, contracts and support that end,
    reviews and updates that are due, incidents that nobody touches, waivers that ended. Of the records it knows what
    is in them now, but timeline entries after the moment do not count. Days are those of the time zone in itsm.yaml.
    """
    if as_of is not None:
        when = chosen["when"]
        if when.now is not None:
            raise ItsmError("--as-of and --now are the same", "give one of them")
        chosen["when"] = replace(when, now=as_of, clock_option="--as-of")

    def find() -> Judged:
        snapshot, moment = travel.open_at(chosen["root"], chosen["when"], staged=chosen["staged"])
        return Judged(snapshot, engine.check(snapshot, moment), snapshot.texts, as_of=moment.isoformat())

    return judge(find, chosen, timed=True)
