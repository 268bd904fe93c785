"""A step as text: what became of the records, kind by kind, what follows from it, and by what is judged from now on."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from itsm_as_code.model.kind import Kind
from itsm_as_code.model.letters import visible
from itsm_as_code.reporters.diff_facts import Facts, is_empty
from itsm_as_code.reporters.diff_groups import Group, groups
from itsm_as_code.reporters.diff_words import number_of
from itsm_as_code.reporters.fitting import hanging, shown_of
from itsm_as_code.reporters.impact_text import PLAIN, more
from itsm_as_code.reporters.terminal import Look

_FEW = 6
"""Addresses that one sentence names before it says how many more there are."""
_ENTRIES = 40
"""Records of a kind, and consequences, that a terminal is given before it says how many more there are."""
_HEX = re.compile("[0-9a-f]{40,64}")
_SHORT = 12


def diff_text(facts: Facts, kinds: Mapping[str, Kind], look: Look = PLAIN) -> str:
    """Return a step as text; `kinds` are those of both ends."""
    lines = [look.dim(between(facts))]
    if is_empty(facts):
        return f"{lines[0]}: nothing differs\n"
    for group in groups(facts, kinds, everything=look.everything):
        lines += ["", look.bold(group.title), *_group(group, look)]
    for title, told in (("what follows", follows(facts)), ("judged otherwise from now on", judged(facts))):
        sentences = list(told)
        shown = sentences[: shown_of(sentences, _ENTRIES, look)]
        found = [line for words in shown for line in hanging("  ", visible(words), look)]
        lines += ["", look.bold(title), *found, *more(len(sentences) - len(shown), look)] if found else []
    return "\n".join([*lines, "", totals(facts)]) + "\n"


def between(facts: Facts) -> str:
    """Return the two ends of a step: ``HEAD → working tree``; of an id of a commit its first letters."""
    return " → ".join(
        name[:_SHORT] if _HEX.fullmatch(name) else visible(name) for name in (facts["base"], facts["head"])
    )


def totals(facts: Facts) -> str:
    """Return how many records were added, changed and removed: ``1 record added, 3 changed``."""
    counts = [(number, edit) for edit, number in facts["summary"].items() if number]
    if not counts:
        return "no record differs"
    (number, edit), *rest = counts
    return ", ".join([f"{number_of(number, 'record')} {edit}", *(f"{number:,} {edit}" for number, edit in rest)])


def _group(group: Group, look: Look) -> Iterator[str]:
    shown = group.records[: shown_of(group.records, _ENTRIES, look)]
    for entry in shown:
        id_, name = visible(entry["id"]), visible(named(entry))
        title = name.removeprefix(id_).strip()
        said = [visible(each["words"]) for each in entry["says"]]
        if len(said) == 1 and (not look.width or len(name) + len(said[0]) + 4 <= look.width):
            yield f"  {look.bold(id_)}{name.removeprefix(id_)}: {said[0]}"
            continue
        yield from hanging(f"  {id_} ", title, look, f"  {look.bold(id_)} ") if title else [f"  {look.bold(id_)}"]
        for words in said:
            yield from hanging("    ", words, look)
    yield from more(len(group.records) - len(shown), look)
    for words, entries in group.sums:
        yield from hanging("  ", visible(summed(words, entries)), look)


def summed(words: str, entries: Sequence[Facts]) -> str:
    """Return the sum of records that are alike, with the names of a few: ``14 assets assigned (asset:LT-0031, …)``."""
    return f"{words} ({_listed([entry['id'] for entry in entries])})"


def named(entry: Facts) -> str:
    """Return how a record is called: id and title, or the id alone where the title is the same."""
    same = entry["title"] == entry["id"].rpartition(":")[2]
    return str(entry["id"]) if same else f"{entry['id']} {entry['title']}"


def follows(facts: Facts) -> Iterator[str]:
    """Yield what follows through the graph, a sentence each."""
    found = facts["consequences"]
    for service in found["depends_on"]:
        parts = [
            f"{words} {_listed(service[key])}"
            for words, key in (("now also depends on", "gained"), ("no longer depends on", "lost"))
            if service[key]
        ]
        yield f"{_part(service)} {', and '.join(parts)}"
    for part in found["impact_sets"]:
        if "tier" not in part:
            # Of a CI it would say once more what the services depend on.
            continue
        if part["gained"]:
            yield f"{_part(part)}: its impact set grew by {_listed(part['gained'])}"
        if part["lost"]:
            yield f"{_part(part)}: its impact set shrank by {_listed(part['lost'])}"
    for point in found["single_points"]["appeared"]:
        yield f"{_part(point)} is now a single point of failure of {_listed(point['services'])}"
    for point in found["single_points"]["gone"]:
        yield f"{_part(point)} is no longer a single point of failure of {_listed(point['services'])}"
    yield from _broken(found["links"]["broken"])
    for link in found["links"]["mended"]:
        yield f"link mended: {link['record']} {link['field']} named {link['to']}, which did not exist"


def _broken(links: Sequence[Facts]) -> Iterator[str]:
    """Yield what is named and does not exist, each once, with the first link that names it."""
    by_text: dict[str, list[Facts]] = defaultdict(list)
    for link in links:
        by_text[link["to"]].append(link)
    for text, (link, *others) in by_text.items():
        place = f"{link['file']}:{link['line']}:{link['column']}"
        also = f", as {'does' if len(others) == 1 else 'do'} {number_of(len(others), 'other link')}" if others else ""
        yield f"link broken: {link['record']} {link['field']} names {text}, which does not exist ({place}){also}"


def judged(facts: Facts) -> Iterator[str]:
    """Yield by what records are judged and shown otherwise from now on."""
    for each in facts["consequences"]["judged_otherwise"]:
        rules = [
            f"{rule['rule']} {rule['old'] or 'as shipped'} → {rule['new'] or 'as shipped'}"
            for rule in each["severities"]
        ]
        yield f"{each['file']} {each['edit']}" + (f": {', '.join(rules)}" if rules else "")


def _part(entry: Facts) -> str:
    tier = entry.get("tier")
    return f"{entry['id']} (tier {tier})" if tier is not None else str(entry["id"])


def _listed(addresses: Sequence[str]) -> str:
    """Return a few addresses, and how many more there are."""
    if len(addresses) <= _FEW + 1:
        return ", ".join(addresses)
    return f"{', '.join(addresses[:_FEW])} and {len(addresses) - _FEW:,} more"
