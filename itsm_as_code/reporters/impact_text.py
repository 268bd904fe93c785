"""Impact as text for someone who was woken up: what is down, why, and whom to call, narrow enough for a telephone."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from itsm_as_code.model.letters import visible
from itsm_as_code.reporters.fitting import hanging, names, shown_of
from itsm_as_code.reporters.impact_facts import Facts
from itsm_as_code.reporters.terminal import Look, counted

PLAIN = Look(width=0, colour=False)
_DIRECT = 2
_WIDEST = 40
"""A longer cell pushes its own line to the right and not all the others."""
_ENTRIES = 25
"""Entries of one section that a terminal is given before it says how many more there are."""
_WAY = 6
"""Records of a way that are named; of a longer one the first and the last."""


def down_text(facts: Facts, look: Look = PLAIN) -> str:
    """Return what fails with a record, services first, then what is weakened, then whom to call."""
    services, cis = facts["services"], facts["cis"]
    lines = heading(facts, look)
    if not facts["takes_part"]:
        told = f"It is {facts['state']} and takes no part: nothing fails with it."
    elif services or cis:
        told = f"If it fails, {_both(services, cis)} {'fails' if len(services) + len(cis) == 1 else 'fail'} too."
    else:
        told = "If it fails, nothing else fails."
    lines += hanging("", told, look)
    lines += _more(facts, "fails beyond" if facts["more"] == 1 else "fail beyond")
    lines += section("services", facts, services, look)
    lines += section("configuration items", facts, cis, look)
    if facts["weakened"]:
        lines += ["", look.bold("still up, with less to spare")]
        weakened = facts["weakened"][: shown_of(facts["weakened"], _ENTRIES, look)]
        lines += [line for group in weakened for line in hanging("  ", visible(group["words"]), look)]
        lines += more(len(facts["weakened"]) - len(weakened), look)
    if facts["takes_part"]:
        lines += _teams(facts["teams"], look)
    return "\n".join(lines) + "\n"


def up_text(facts: Facts, look: Look = PLAIN) -> str:
    """Return what a record depends on: first what takes it down alone, then what does so only with others."""
    everything = [*facts["services"], *facts["cis"]]
    alone = [entry for entry in everything if entry["alone"]]
    lines = heading(facts, look)
    if not facts["takes_part"]:
        told = f"It is {facts['state']} and takes no part: nothing is looked for."
    elif everything:
        which = f"{len(alone):,} of these" if alone else "none of these"
        told = f"It depends on {_both(facts['services'], facts['cis'])}; {which} can take it down alone."
    else:
        told = "It depends on nothing."
    lines += hanging("", told, look)
    lines += _more(facts, "is further away than" if facts["more"] == 1 else "are further away than")
    lines += section("take it down alone", facts, alone, look)
    lines += section("only together with others", facts, [entry for entry in everything if not entry["alone"]], look)
    return "\n".join(lines) + "\n"


def short(address: str) -> str:
    """Return the id of an address of a service or CI."""
    return address.partition(":")[2]


def heading(facts: Facts, look: Look) -> list[str]:
    """Return a record's id, title and state, as the first line of what is told of it."""
    id_ = visible(facts["id"])
    return hanging(f"{id_}  ", f"{visible(facts['title'])} [{visible(facts['state'])}]", look, f"{look.bold(id_)}  ")


def _both(services: Sequence[Any], cis: Sequence[Any]) -> str:
    parts = [counted(len(services), "service")] if services else []
    parts += [counted(len(cis), "configuration item")] if cis else []
    return " and ".join(parts)


def _more(facts: Facts, what: str) -> list[str]:
    if not facts["more"]:
        return []
    return [f"{counted(facts['more'], 'more record')} {what} --depth {facts['depth']}."]


def section(title: str, facts: Facts, entries: Sequence[Any], look: Look) -> list[str]:
    """Return entries of these facts below a title: rank, title, state, reason, and the way if it has steps between.

    A reason that does not fit beside the rest stands below it; where most do not, there are no columns at all.
    """
    if not entries:
        return []
    shown = entries[: shown_of(entries, _ENTRIES, look)]
    rows = [
        (rank(entry), visible(entry["title"]), visible(entry["state"]), visible(entry["reasons"][-1]))
        for entry in shown
    ]
    widths = [min(max(len(row[column]) for row in rows), _WIDEST) for column in range(3)]
    left = look.width - sum(widths) - 8
    as_table = not look.width or 2 * sum(len(row[3]) <= left for row in rows) >= len(rows)
    lines = ["", look.bold(title)]
    for entry, row in zip(shown, rows, strict=True):
        first, name, state = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        painted = f"  {look.paint(first, 'red') if entry.get('tier') == 1 else first}  "
        indent = f"  {' ' * len(first)}  "
        if as_table and (not look.width or len(row[3]) <= left):
            lines.append(f"{painted}{name}  {state}  {row[3]}")
        elif as_table:
            lines += [f"{painted}{name}  {state.rstrip()}", *hanging(indent, row[3], look)]
        else:
            lines += hanging(f"  {first}  ", f"{row[1]} [{row[2]}]", look, painted)
            lines += hanging(indent, row[3], look)
        if len(entry["path"]) > _DIRECT:
            lines += [look.dim(line) for line in hanging(indent, visible(_way(facts, entry, look)), look)]
    rest = entries[len(shown) :]
    return lines + more(len(rest), look, _by_tier(rest))


def more(number: int, look: Look, kinds: str = "") -> list[str]:
    """Return a line that says how many entries are not shown, and of what kinds; no line for none."""
    return hanging("  ", f"… and {number:,} more{kinds}; --all shows them", look) if number else []


def _by_tier(services: Sequence[Any]) -> str:
    ranks = Counter(rank(entry) for entry in services if "tier" in entry)
    return f" ({', '.join(f'{number:,} of {word}' for word, number in ranks.items())})" if ranks else ""


def _way(facts: Facts, entry: Facts, look: Look) -> str:
    """Return the ids along a way from the record that the facts are about; of a long one the first and the last."""
    ids = [short(address) for address in entry["path"]]
    shown = min(len(ids), _WAY) if look.cuts else len(ids)
    left_out = entry["depth"] + 1 - shown
    if left_out:
        ids = [short(facts["id"]), f"… {left_out:,} more", *ids[1 - shown :]]
    return " → ".join(ids)


def rank(entry: Facts) -> str:
    """Return a service's tier or a CI's class in words."""
    if "tier" in entry:
        return f"tier {entry['tier']}" if entry["tier"] is not None else "no tier"
    return visible(str(entry["class"] or "no class"))


def _teams(teams: Sequence[Any], look: Look) -> list[str]:
    lines = ["", look.bold("teams to call")]
    for team in teams:
        records = visible(names([short(record) for record in team["records"]], look))
        if team["id"] is None:
            lines += hanging("  ", f"nobody is named for {records}", look)
            continue
        lines.append(f"  {look.bold(visible(team['name']))} ({visible(team['id'])})")
        lines += [
            f"    {name}  {visible(team[key])}"
            for name, key in (("contact", "contact"), ("on call", "on_call"))
            if team[key]
        ]
        if not team["contact"] and not team["on_call"]:
            lines.append(f"    contact  none is written in {visible(team['id'])}")
        lines += hanging("    for      ", records, look)
    return lines
