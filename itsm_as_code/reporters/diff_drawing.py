"""The neighbourhood of dependencies that a step added or removed, as a drawing's source in Mermaid."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from itsm_as_code.model.record import Record
from itsm_as_code.model.words import shortened
from itsm_as_code.reporters.impact_drawing import for_mermaid
from itsm_as_code.snapshot.network import Network, network_of
from itsm_as_code.snapshot.step import Step

_BOXES = (40, 20, 10, 5)
"""Boxes that a drawing has at most, so that one can read it; fewer where it would be too long."""
_ARROWS = 120
"""Arrows likewise; Mermaid itself gives up at 500."""
_LONGEST = 40_000
"""Characters of a drawing; Mermaid gives up at 50,000."""
_TITLE = 60
_NEW, _GONE = "#1a7f37", "#cf222e"

_Arrow = tuple[str, str, str]
"""Source, target and relation."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Boxes in order, and arrows with what became of them: ``new``, ``gone``, or nothing."""

    boxes: Sequence[str]
    arrows: Sequence[tuple[_Arrow, str]]
    left_out: int


def diff_drawing(step: Step) -> str:
    """Return a flowchart of what depends on what where that differs; empty where it does not.

    Arrows lead from what depends to what it needs: thick ones are new, dotted ones gone, and both say so.
    """
    base, head = network_of(step.base), network_of(step.head)
    old, new = _arrows(base, step.renumbered), _arrows(head, {})
    if old == new:
        return ""
    drawn = (_source(step, _drawing(base, head, old, new, boxes)) for boxes in _BOXES)
    return next((text for text in drawn if len(text) <= _LONGEST), "")


def _source(step: Step, drawing: _Drawing) -> str:
    base, head = network_of(step.base), network_of(step.head)
    was = {new: old for old, new in step.renumbered.items()}
    names = {address: f"n{number}" for number, address in enumerate(drawing.boxes)}
    lines = ["graph TD"]
    for address, name in names.items():
        record = head.records.get(address) or base.records[address]
        before = was.get(address, address)
        word = "" if before in base.records and address in head.records else _came(address, before, step)
        label = "<br/>".join(for_mermaid(text) for text in (*_label(record), *([word] if word else ())))
        lines.append(
            f'  {name}["{label}"]' + (f":::{'gone' if address not in head.records else 'new'}" if word else "")
        )
    for (source, target, relation), fate in drawing.arrows:
        arrow = {"new": "==>", "gone": "-.->"}.get(fate, "-->")
        label = for_mermaid(f"{relation}, {fate}" if fate else relation)
        lines.append(f'  {names[source]} {arrow}|"{label}"| {names[target]}')
    for fate, colour in (("new", _NEW), ("gone", _GONE)):
        numbers = [str(number) for number, (_, its) in enumerate(drawing.arrows) if its == fate]
        lines += [f"  linkStyle {','.join(numbers)} stroke:{colour}"] if numbers else []
        lines.append(f"  classDef {fate} stroke:{colour},stroke-width:3px")
    if drawing.left_out:
        lines.append(f'  more["and {drawing.left_out} more"]')
    return "\n".join(lines) + "\n"


def _came(address: str, before: str, step: Step) -> str:
    """Return whether a record that takes part in one network only came, went, or changed its part.

    `before` is the address that it had before.
    """
    if before not in step.base.records:
        return "added"
    if address not in step.head.records:
        return "deleted"
    return f"now {step.head.records[address].state}"


def _label(record: Record) -> Sequence[str]:
    title = shortened(record.title, _TITLE)
    return (title, record.address) if record.title != record.id else (record.address,)


def _drawing(base: Network, head: Network, old: frozenset[_Arrow], new: frozenset[_Arrow], most: int) -> _Drawing:
    ends = list(dict.fromkeys(end for source, target, _ in sorted(old ^ new) for end in (source, target)))
    boxes = _neighbourhood(ends[:most], most, base, head)
    shown = set(boxes)
    arrows = [
        (arrow, "" if arrow in old and arrow in new else "new" if arrow in new else "gone")
        for arrow in sorted(old | new)
        if arrow[0] in shown and arrow[1] in shown
    ]
    arrows.sort(key=lambda pair: not pair[1])
    return _Drawing(boxes, arrows[:_ARROWS], max(len(ends) - most, 0))


def _arrows(network: Network, renumbered: Mapping[str, str]) -> frozenset[_Arrow]:
    """Return the dependencies of a network, in which records that get a new id go by that."""
    return frozenset(
        (renumbered.get(need.source, need.source), renumbered.get(need.target, need.target), need.relation)
        for needs in network.needs.values()
        for need in needs
    )


def _neighbourhood(ends: Sequence[str], most: int, base: Network, head: Network) -> Sequence[str]:
    """Return the ends of what differs, and what depends on them, the nearest first, as many as a drawing holds."""
    found: dict[str, None] = dict.fromkeys(ends)
    queue = deque(found)
    while queue and len(found) < most:
        for above in _dependents(queue.popleft(), (base, head)):
            if above not in found and len(found) < most:
                found[above] = None
                queue.append(above)
    return list(found)


def _dependents(address: str, networks: Sequence[Network]) -> Iterator[str]:
    seen: Mapping[str, None] = dict.fromkeys(
        need.source for network in networks for need in network.dependents.get(address, ())
    )
    return iter(sorted(seen))
