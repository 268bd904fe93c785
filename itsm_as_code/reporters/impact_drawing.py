"""Impact as a drawing's source: Mermaid and Graphviz dot, with every text of a record escaped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from itsm_as_code.model.letters import visible
from itsm_as_code.model.record import Record
from itsm_as_code.reporters.impact_facts import Facts, tier_of
from itsm_as_code.snapshot.network import KINDS, Need, network_of
from itsm_as_code.snapshot.snapshot import Snapshot

_SAFE = frozenset(" .,-_()/:+")
_LIST_ITEM = re.compile(r"\s*(?:\d+[.)]|[-+*])")
_TIERS = range(1, 5)
_COLOURS = {"start": "#ffffff", "tier1": "#f4a6a0", "tier2": "#f7cf9c", "tier3": "#f6ecab", "tier4": "#dcebc7"}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Boxes as record and class, in order, and the dependencies between them."""

    boxes: Sequence[tuple[Record, str]]
    needs: Sequence[Need]


def mermaid(snapshot: Snapshot, facts: Facts) -> str:
    """Return a Mermaid flowchart: arrows lead from what depends to what it needs, dotted where others can stand in."""
    drawing = _drawing(snapshot, facts)
    names = {record.address: f"n{number}" for number, (record, _) in enumerate(drawing.boxes)}
    lines = ["graph TD"]
    for (record, class_), name in zip(drawing.boxes, names.values(), strict=True):
        label = "<br/>".join(for_mermaid(text) for text in _label(record))
        lines.append(f'  {name}["{label}"]' + (f":::{class_}" if class_ else ""))
    for need in drawing.needs:
        arrow = "-.->" if need.groups else "-->"
        lines.append(f'  {names[need.source]} {arrow}|"{for_mermaid(_named(need))}"| {names[need.target]}')
    lines += [f"  classDef {name} fill:{colour},stroke:#333,color:#000" for name, colour in _COLOURS.items()]
    lines[-len(_COLOURS)] += ",stroke-width:3px"
    return "\n".join(lines) + "\n"


def dot(snapshot: Snapshot, facts: Facts) -> str:
    """Return a Graphviz digraph of the same, dashed where others can stand in."""
    drawing = _drawing(snapshot, facts)
    names = {record.address: f"n{number}" for number, (record, _) in enumerate(drawing.boxes)}
    lines = ["digraph impact {", '  node [shape=box, style=filled, fillcolor="#eeeeee"];']
    for (record, class_), name in zip(drawing.boxes, names.values(), strict=True):
        label = "\\n".join(_for_dot(text) for text in _label(record))
        look = f', fillcolor="{_COLOURS[class_]}"' if class_ else ""
        lines.append(f'  {name} [label="{label}"{look}{", penwidth=3" if class_ == "start" else ""}];')
    for need in drawing.needs:
        style = ", style=dashed" if need.groups else ""
        lines.append(f'  {names[need.source]} -> {names[need.target]} [label="{_for_dot(_named(need))}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def _drawing(snapshot: Snapshot, facts: Facts) -> _Drawing:
    start = snapshot.records[facts["id"]]
    shown = {entry["id"]: snapshot.records[entry["id"]] for entry in (*facts["services"], *facts["cis"])}
    boxes = [(start, "start"), *((record, _class(record)) for record in shown.values() if record is not start)]
    within = {record.address for record, _ in boxes}
    needs = network_of(snapshot, "now").needs
    return _Drawing(
        boxes, [need for record, _ in boxes for need in needs.get(record.address, ()) if need.target in within]
    )


def _class(record: Record) -> str:
    tier = tier_of(record)
    return f"tier{tier}" if tier in _TIERS and record.kind.name == KINDS[0] else ""


def _label(record: Record) -> Sequence[str]:
    return (record.title, record.address) if record.title != record.id else (record.address,)


def _named(need: Need) -> str:
    if not need.groups:
        return need.relation
    group = need.groups[0]
    return f"{need.relation}, {group.least} of {len(group.members)}"


def for_mermaid(text: str) -> str:
    """Return text for a quoted label: letters and digits as they are, nearly everything else by its number."""
    spaced = visible(text)
    # Mermaid takes a label that begins like an item of a list for one, and refuses it.
    listed = _LIST_ITEM.match(spaced)
    start = listed.end() if listed is not None else 0
    return "".join(
        letter if letter.isalnum() or (letter in _SAFE and position >= start) else f"#{ord(letter)};"
        for position, letter in enumerate(spaced)
    )


def _for_dot(text: str) -> str:
    """Return text for a quoted string, in which a backslash would begin an escape and an ampersand an entity."""
    spaced = visible(text)
    return spaced.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
