"""`itsm risk`: the derived risk of changes, with everything that contributes to it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from itsm_as_code.cli import options, travel
from itsm_as_code.cli.lookup import find_part
from itsm_as_code.model.letters import visible
from itsm_as_code.model.record import Record
from itsm_as_code.planning.risk import Risk, risk_of
from itsm_as_code.reporters.fitting import hanging, names
from itsm_as_code.reporters.impact_facts import about, tier_of
from itsm_as_code.reporters.impact_text import PLAIN, heading, rank, short
from itsm_as_code.reporters.machine import to_json
from itsm_as_code.reporters.terminal import Look, counted
from itsm_as_code.snapshot.snapshot import Snapshot

_COLOURS = {"high": "red", "moderate": "yellow", "low": "green"}
_LEVEL_WIDTH = len("moderate")


@click.command(
    "risk",
    epilog="""\b
Examples:
  itsm risk CHG-20260306-f1yk                   its risk, and all that contributes to it
  itsm risk CHG-20260306-f1yk CHG-20260309-v5ca --format json
  itsm risk CHG-20260306-f1yk --rev main        as it is on another branch
""",
)
@click.argument("ids", metavar="CHANGE...", nargs=-1, required=True)
@options.all_option
@options.root_option
@travel.when_options
@options.format_option("text", "json")
def command(*, ids: tuple[str, ...], everything: bool, root: Path | None, when: travel.When, format_: str) -> None:
    """Say how risky changes are: by their own estimate, by the services that they reach, by override."""
    snapshot, _ = travel.open_at(root, when)
    changes = list(dict.fromkeys(find_part(snapshot, id_, ("change",)) for id_ in ids))
    risks = [(change, risk_of(change, snapshot)) for change in changes]
    if format_ == "json":
        options.emit(to_json({"changes": [_facts(change, risk) for change, risk in risks]}))
    else:
        look = options.look(everything=everything) or PLAIN
        options.emit("\n".join(_text(snapshot, change, risk, look) for change, risk in risks))


def _facts(change: Record, risk: Risk) -> Mapping[str, Any]:
    return {
        "id": risk.change,
        "title": change.title,
        "state": change.state,
        "risk": risk.level,
        "derived": risk.derived,
        "stated": risk.stated,
        "contributions": [
            {
                "source": contribution.source,
                "level": contribution.level,
                "counts": contribution.counts,
                "words": contribution.words,
                "records": list(contribution.records),
            }
            for contribution in risk.contributions
        ],
        "services": list(risk.services),
        "down": list(risk.down),
    }


def _text(snapshot: Snapshot, change: Record, risk: Risk, look: Look) -> str:
    lines = [*heading(about(change), look), f"risk: {look.paint(risk.level, _COLOURS[risk.level])}", ""]
    for contribution in risk.contributions:
        level = contribution.level.ljust(_LEVEL_WIDTH)
        shown = look.paint(level, _COLOURS[contribution.level]) if contribution.counts else look.dim(level)
        lines += hanging(f"  {level}  ", visible(contribution.words), look, f"  {shown}  ")
    if risk.stated is None:
        words = "it makes no estimate of its own; write risk.impact and risk.likelihood"
        lines += hanging(f"  {'':{_LEVEL_WIDTH}}  ", words, look)
    return "\n".join([*lines, "", *_reach(snapshot, risk, look)]) + "\n"


def _reach(snapshot: Snapshot, risk: Risk, look: Look) -> list[str]:
    if not risk.services:
        return ["It touches no service."]
    down = set(risk.down)
    saved = [service for service in risk.services if service not in down]
    lines = [f"It touches {counted(len(risk.services), 'service')}."]
    if down:
        lines += hanging("Without redundancy: ", f"{_tiered(snapshot, risk.down, look)}.", look)
    if saved:
        lines += hanging("Redundancy holds for: ", f"{_tiered(snapshot, saved, look)}.", look)
    return lines


def _tiered(snapshot: Snapshot, services: Sequence[str], look: Look) -> str:
    """Return the services with their tiers, the best tier first."""
    tiers = {service: tier_of(snapshot.records[service]) for service in services}
    ordered = sorted(services, key=lambda service: (tiers[service], service))
    return visible(names([f"{short(service)} ({rank(about(snapshot.records[service]))})" for service in ordered], look))
