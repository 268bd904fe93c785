"""`itsm spof`: the single points of failure of all services, or of one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options
from itsm_as_code.cli.lookup import find_part
from itsm_as_code.reporters.impact_text import PLAIN, plain, short
from itsm_as_code.reporters.impact_text import section as entries_section
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.spof_facts import every_spof, spof_of
from itsm_as_code.reporters.terminal import Look, counted


@click.command(
    "spof",
    epilog="""\b
Examples:
  itsm spof                    what takes services down alone, tier 1 first
  itsm spof service:shop       what takes the shop down alone, and by which way
  itsm spof --format json
""",
)
@click.argument("id_", metavar="[SERVICE]", required=False)
@options.root_option
@options.rev_option
@options.format_option("text", "json")
def command(id_: str | None, root: Path | None, rev: str | None, format_: str) -> None:
    """Name the single points of failure: what takes a service down by failing alone. A CI may be named too."""
    snapshot = options.open_snapshot(root, rev)
    look = options.look() or PLAIN
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
    for point in points:
        lines.append(f"{look.bold(plain(point['id']))}  {plain(point['title'])} [{plain(point['state'])}]")
        by_tier: dict[Any, list[str]] = {}
        for service in point["services"]:
            by_tier.setdefault(service["tier"], []).append(plain(short(service["id"])))
        for tier, names in by_tier.items():
            rank = "no tier" if tier is None else f"tier {tier}"
            lines.append(f"  {look.paint(rank, 'red') if tier == 1 else rank}  {', '.join(names)}")
    return "\n".join([*lines, f"{services}, {counted(len(points), 'single point')} of failure"]) + "\n"


def _one_text(facts: Mapping[str, Any], look: Look) -> str:
    points = facts["single_points"]
    lines = [f"{look.bold(plain(facts['id']))}  {plain(facts['title'])} [{plain(facts['state'])}]"]
    if not facts["takes_part"]:
        lines.append(f"It is {facts['state']} and takes no part: nothing is looked for.")
    elif not facts["depends_on"]:
        lines.append("It depends on nothing.")
    else:
        of = f"of the {counted(facts['depends_on'], 'record')} on which it depends"
        which = "None" if not points else f"{len(points):,}"
        lines.append(f"{which} {of} {'take' if len(points) > 1 else 'takes'} it down alone.")
    return "\n".join([*lines, *entries_section("single points of failure", points, look)]) + "\n"
