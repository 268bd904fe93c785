"""`itsm spof`: the single points of failure of all services, or of one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_part
from itsm_as_code.model.letters import visible
from itsm_as_code.reporters.fitting import hanging, names, shown_of
from itsm_as_code.reporters.impact_text import PLAIN, heading, more, rank, section, short
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.spof_facts import every_spof, spof_of
from itsm_as_code.reporters.terminal import Look, counted

_TOP_TIER = "tier 1"
_POINTS = 20
"""Single points that a terminal is given before it says how many more there are."""


@click.command(
    "spof",
    epilog="""\b
Examples:
  itsm spof                    what takes services down alone, tier 1 first
  itsm spof service:web-shop   what takes the shop down alone, and by which way
  itsm spof --format json
""",
)
@click.argument("id_", metavar="[SERVICE]", required=False)
@options.all_option
@options.root_option
@travel.when_options
@options.format_option("text", "json")
def command(*, id_: str | None, everything: bool, root: Path | None, when: travel.When, format_: str) -> None:
    """Name the single points of failure: what takes a service down by failing alone. A CI may be named too."""
    snapshot, _ = travel.open_at(root, when)
    look = options.look(everything=everything) or PLAIN
    if id_ is None:
        facts = every_spof(snapshot)
        text = _every_text(facts, look)
    else:
        facts = spof_of(snapshot, find_part(snapshot, id_))
        text = _one_text(facts, look)
    options.emit(to_json(facts) if format_ == "json" else text)


def _every_text(facts: Mapping[str, Any], look: Look) -> str:
    points = facts["single_points"]
    services = counted(facts["services"], "service")
    if not points:
        return f"{services}, no single point of failure\n"
    lines = []
    shown = points[: shown_of(points, _POINTS, look)]
    for point in shown:
        lines += heading(point, look)
        by_tier: dict[str, list[str]] = {}
        for service in point["services"]:
            by_tier.setdefault(rank(service), []).append(visible(short(service["id"])))
        for tier, hit in by_tier.items():
            painted = look.paint(tier, "red") if tier == _TOP_TIER else tier
            lines += hanging(f"  {tier}  ", names(hit, look), look, f"  {painted}  ")
    lines += more(len(points) - len(shown), look)
    return "\n".join([*lines, f"{services}, {counted(len(points), 'single point')} of failure"]) + "\n"


def _one_text(facts: Mapping[str, Any], look: Look) -> str:
    points = facts["single_points"]
    if not facts["takes_part"]:
        told = f"It is {facts['state']} and takes no part: nothing is looked for."
    elif not facts["depends_on"]:
        told = "It depends on nothing."
    else:
        of = f"of the {counted(facts['depends_on'], 'record')} on which it depends"
        which = "None" if not points else f"{len(points):,}"
        told = f"{which} {of} {'take' if len(points) > 1 else 'takes'} it down alone."
    lines = [*heading(facts, look), *hanging("", told, look)]
    return "\n".join([*lines, *section("single points of failure", facts, points, look)]) + "\n"
