"""Impact as text for someone who was woken up: what is down, why, and whom to call, narrow enough for a telephone."""

from collections.abc import Sequence
from typing import Any

from itsm_as_code.reporters.impact_facts import Facts
from itsm_as_code.reporters.terminal import Look, counted

PLAIN = Look(width=0, colour=False)
_DIRECT = 2
_WIDEST = 40
"""A longer cell pushes its own line to the right and not all the others."""


def down_text(facts: Facts, look: Look = PLAIN) -> str:
    """Return what fails with a record, services first, then what is weakened, then whom to call."""
    services, cis = facts["services"], facts["cis"]
    lines = [_heading(facts, look)]
    if not facts["takes_part"]:
        lines.append(f"It is {facts['state']} and takes no part: nothing fails with it.")
    elif services or cis:
        lines.append(f"If it fails, {_both(services, cis)} {'fails' if len(services) + len(cis) == 1 else 'fail'} too.")
    else:
        lines.append("If it fails, nothing else fails.")
    lines += _more(facts, "fails beyond" if facts["more"] == 1 else "fail beyond")
    lines += section("services", services, look)
    lines += section("configuration items", cis, look)
    if facts["weakened"]:
        lines += ["", look.bold("still up, with less to spare")]
        lines += [f"  {plain(group['words'])}" for group in facts["weakened"]]
    if facts["takes_part"]:
        lines += _teams(facts["teams"], look)
    return "\n".join(lines) + "\n"


def up_text(facts: Facts, look: Look = PLAIN) -> str:
    """Return what a record depends on: first what takes it down alone, then what does so only with others."""
    everything = [*facts["services"], *facts["cis"]]
    alone = [entry for entry in everything if entry["alone"]]
    lines = [_heading(facts, look)]
    if not facts["takes_part"]:
        lines.append(f"It is {facts['state']} and takes no part: nothing is looked for.")
    elif everything:
        which = f"{len(alone)} of these" if alone else "none of these"
        lines.append(f"It depends on {_both(facts['services'], facts['cis'])}; {which} can take it down alone.")
    else:
        lines.append("It depends on nothing.")
    lines += _more(facts, "is further away than" if facts["more"] == 1 else "are further away than")
    lines += section("take it down alone", alone, look)
    lines += section("only together with others", [entry for entry in everything if not entry["alone"]], look)
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Return a record's text as one line that a terminal can show."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def short(address: str) -> str:
    """Return the id of an address of a service or CI."""
    return address.partition(":")[2]


def _heading(facts: Facts, look: Look) -> str:
    return f"{look.bold(plain(facts['id']))}  {plain(facts['title'])} [{plain(facts['state'])}]"


def _both(services: Sequence[Any], cis: Sequence[Any]) -> str:
    parts = [counted(len(services), "service")] if services else []
    parts += [counted(len(cis), "configuration item")] if cis else []
    return " and ".join(parts)


def _more(facts: Facts, what: str) -> list[str]:
    if not facts["more"]:
        return []
    return [f"{counted(facts['more'], 'more record')} {what} --depth {facts['depth']}."]


def section(heading: str, entries: Sequence[Any], look: Look) -> list[str]:
    """Return entries below a heading: rank, title, state and reason, and the way where it has steps between."""
    if not entries:
        return []
    rows = [
        (rank(entry), plain(entry["title"]), plain(entry["state"]), plain(entry["reasons"][-1])) for entry in entries
    ]
    widths = [min(max(len(row[column]) for row in rows), _WIDEST) for column in range(3)]
    lines = ["", look.bold(heading)]
    for entry, row in zip(entries, rows, strict=True):
        first, title, state = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        lines.append(f"  {look.paint(first, 'red') if entry.get('tier') == 1 else first}  {title}  {state}  {row[3]}")
        if len(entry["path"]) > _DIRECT:
            lines.append(look.dim(f"  {' ' * widths[0]}  {plain(' → '.join(map(short, entry['path'])))}"))
    return lines


def rank(entry: Facts) -> str:
    """Return a service's tier or a CI's class in words."""
    if "tier" in entry:
        return f"tier {entry['tier']}" if entry["tier"] is not None else "no tier"
    return plain(str(entry["class"] or "no class"))


def _teams(teams: Sequence[Any], look: Look) -> list[str]:
    lines = ["", look.bold("teams to call")]
    for team in teams:
        records = plain(", ".join(map(short, team["records"])))
        if team["id"] is None:
            lines.append(f"  nobody is named for {records}")
            continue
        lines.append(f"  {look.bold(plain(team['name']))} ({plain(team['id'])})")
        lines += [
            f"    {name}  {plain(team[key])}"
            for name, key in (("contact", "contact"), ("on call", "on_call"))
            if team[key]
        ]
        lines.append(f"    for      {records}")
    return lines
