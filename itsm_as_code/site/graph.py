"""The neighbourhood graph of a record: who needs it and what it needs, two levels each way, laid out in columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from itsm_as_code.site.dependencies import Dependencies, Tie
from itsm_as_code.site.edition import Edition, Label
from itsm_as_code.site.tones import level_chip
from itsm_as_code.site.words import plural, shortened, spaced, state_tone

MOST_NODES = 40
_MOST_NEAR = 24
_MOST_GATHERED = 500
_WIDTH, _HEIGHT, _GAP, _STRIDE, _MARGIN = 192, 46, 12, 252, 8
_TITLE, _NOTE = 22, 29


@dataclass(frozen=True, slots=True)
class Node:
    """One box: a record, or the count of those left out."""

    level: int
    """0 is the record itself; negative, what needs it; positive, what it needs."""
    x: int
    y: int
    style: str
    """CSS classes: its tone, and `here` or `rest`."""
    label: Label
    href: str
    """Link to the record's page; empty where it has none."""
    how: str
    """How it is tied, as read from the record: ``depends on``."""
    through: str
    """The record between, for the second level; ``directly`` for the first."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A graph with every coordinate worked out, in pixels; boxes are 192 by 46."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    solid: str
    """SVG path of every line along which failure travels."""
    dashed: str
    """SVG path of the other lines."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A box before it has a position: the tie that led here and the key of the box it came from."""

    key: str
    level: int
    parent: str
    tie: Tie | None
    count: int = 0
    """Of a box for records that are left out: how many; 0 for a record."""
    at_least: bool = False


def drawing(edition: Edition, address: str, root: str) -> Drawing | None:
    """Return the graph around a record; None where nothing is tied to it."""
    ties = edition.dependencies
    spots = _spots(edition, ties, address)
    if len(spots) == 1:
        return None
    columns: dict[int, list[_Spot]] = {}
    for spot in spots.values():
        columns.setdefault(spot.level, []).append(spot)
    _untangle(columns, ties)
    tallest = max(len(column) for column in columns.values())
    height = tallest * (_HEIGHT + _GAP) - _GAP + 2 * _MARGIN
    levels = sorted(columns)
    nodes: dict[str, Node] = {}
    for level in levels:
        column = columns[level]
        top = (height - len(column) * (_HEIGHT + _GAP) + _GAP) // 2
        for row, spot in enumerate(column):
            x, y = _MARGIN + levels.index(level) * _STRIDE, top + row * (_HEIGHT + _GAP)
            nodes[spot.key] = _node(edition, spot, x, y, root)
    edges = list(_edges(nodes, spots, ties))
    return Drawing(
        width=(len(levels) - 1) * _STRIDE + _WIDTH + 2 * _MARGIN,
        height=height,
        nodes=tuple(nodes.values()),
        solid="".join(path for carries, path in edges if carries),
        dashed="".join(path for carries, path in edges if not carries),
    )


def _spots(edition: Edition, ties: Dependencies, address: str) -> Mapping[str, _Spot]:
    """Return the boxes by key, the record first: at most MOST_NODES records, the others counted by what they are."""
    spots = {address: _Spot(address, 0, "", None)}
    sides: tuple[tuple[int, Mapping[str, Sequence[Tie]]], ...] = ((-1, ties.needed_by), (1, ties.needs))
    for distance in (1, 2):
        # What is tied to the record itself is counted in full; further out, a hub must not cost every page its size.
        most = _MOST_GATHERED if distance > 1 else None
        found: list[dict[str, _Spot]] = []
        for step, side in sides:
            reached = _gathered(spots, side, step * distance, most)
            found.append({key: spot for key, spot in reached.items() if not any(key in before for before in found)})
        left = MOST_NODES - len(spots)
        budget = min(left, _MOST_NEAR) if distance == 1 and sum(map(len, found)) > left else left
        quotas = _shares([len(level) for level in found], budget)
        for level, quota in zip(found, quotas, strict=True):
            spots.update((spot.key, spot) for spot in islice(level.values(), quota))
            _count_rest(edition, spots, list(level.values())[quota:], at_least=len(level) == most)
    return spots


def _gathered(
    spots: Mapping[str, _Spot], side: Mapping[str, Sequence[Tie]], level: int, most: int | None
) -> dict[str, _Spot]:
    """Return the boxes one step further out from those that are shown, `most` at most."""
    found: dict[str, _Spot] = {}
    before = level - 1 if level > 0 else level + 1
    for spot in spots.values():
        if spot.level != before or spot.count:
            continue
        for tie in side.get(spot.key, ()):
            if tie.address not in spots and tie.address not in found:
                found[tie.address] = _Spot(tie.address, level, spot.key, tie)
                if len(found) == most:
                    return found
    return found


def _shares(counts: Sequence[int], budget: int) -> Sequence[int]:
    """Return how many of each to show, so that the sum is within the budget and the small ones are whole."""
    shares = [0] * len(counts)
    for taken, position in enumerate(sorted(range(len(counts)), key=lambda i: counts[i])):
        shares[position] = min(counts[position], budget // (len(counts) - taken))
        budget -= shares[position]
    return shares


def _count_rest(edition: Edition, spots: dict[str, _Spot], rest: Sequence[_Spot], *, at_least: bool) -> None:
    """Add a box for each sort of record that is left out beside the same box."""
    held: dict[str, list[_Spot]] = {}
    for spot in rest:
        held.setdefault(f"{spot.level} {spot.parent} {_noun(edition, spot.key)}", []).append(spot)
    for key, group in held.items():
        first = group[0]
        tie = Tie(_noun(edition, first.key), first.tie.name if first.tie else "", carries=True)
        spots[key] = _Spot(key, first.level, first.parent, tie, len(group), at_least)


def _noun(edition: Edition, address: str) -> str:
    record = edition.shown(address)
    if record is None:
        return "record"
    class_ = record.fields.get("class")
    return spaced(class_) if isinstance(class_, str) else record.kind.title.lower()


def _untangle(columns: Mapping[int, list[_Spot]], ties: Dependencies) -> None:
    """Order each column by where its neighbours in the column nearer to the record stand."""
    for step, side in ((-1, ties.needs), (1, ties.needed_by)):
        rows = {spot.key: row for row, spot in enumerate(columns[0])}
        level = step
        while level in columns:
            column = columns[level]
            places = {spot.key: _middle(spot, side, rows) for spot in column}
            column.sort(key=lambda spot, places=places: (places[spot.key], spot.count))  # type: ignore[misc]
            rows = {spot.key: row for row, spot in enumerate(column)}
            level += step


def _middle(spot: _Spot, side: Mapping[str, Sequence[Tie]], rows: Mapping[str, int]) -> float:
    """Return the mean row of the boxes it is tied to."""
    if spot.count:
        return float(rows.get(spot.parent, 0))
    held = [rows[tie.address] for tie in islice(side.get(spot.key, ()), _MOST_GATHERED) if tie.address in rows]
    return sum(held) / len(held) if held else float(rows.get(spot.parent, 0))


def _node(edition: Edition, spot: _Spot, x: int, y: int, root: str) -> Node:
    href, mark = "", " here" if spot.level == 0 else ""
    if spot.count:
        text = f"+{spot.count} {plural(spot.tie.address, spot.count) if spot.tie else ''}"
        note = "or more, not drawn" if spot.at_least else "not drawn"
        label, mark = Label(text, text, text, note, note, "quiet"), " rest"
    else:
        label = edition.labels.get(spot.key) or _label(edition, spot.key)
        path = edition.paths.get(spot.key)
        href = root + path if path else ""
    return Node(
        level=spot.level,
        x=x,
        y=y,
        style=label.tone + mark,
        label=label,
        href=href,
        how=spaced(spot.tie.name) if spot.tie else "",
        through=edition.anchor(spot.parent, root).text if abs(spot.level) > 1 else "directly",
    )


def _label(edition: Edition, address: str) -> Label:
    """Return what the box of a record says; worked out once for all the graphs that it is in."""
    text = edition.anchor(address, "").text
    note, tone = _condition(edition, address)
    label = Label(text, shortened(text, _TITLE), f"{text} ({address})", note, shortened(note, _NOTE), tone)
    edition.labels[address] = label
    return label


def _condition(edition: Edition, address: str) -> tuple[str, str]:
    """Return in words what a record is and how it is, and the tone for it."""
    record = edition.shown(address)
    if record is None:
        return "", "quiet"
    standing = edition.overview.standings.get(address)
    if standing is None:
        condition, tone = spaced(record.state), str(state_tone(record.kind, record.state))
    else:
        chip = level_chip(standing.level)
        condition, tone = chip.word.lower(), chip.tone
    return " · ".join(word for word in (_noun(edition, address), condition) if word), tone


def _edges(nodes: Mapping[str, Node], spots: Mapping[str, _Spot], ties: Dependencies) -> Iterator[tuple[bool, str]]:
    """Yield whether failure travels and the SVG path of each tie between neighbouring columns."""
    for key, spot in spots.items():
        if spot.count:
            ends = (key, spot.parent) if spot.level < 0 else (spot.parent, key)
            yield True, _curve(nodes[ends[0]], nodes[ends[1]])
            continue
        for tie in islice(ties.needs.get(key, ()), _MOST_GATHERED):
            other = nodes.get(tie.address)
            if other is not None and other.level == spot.level + 1:
                yield tie.carries, _curve(nodes[key], other)


def _curve(left: Node, right: Node) -> str:
    x1, y1, x2, y2 = left.x + _WIDTH, left.y + _HEIGHT // 2, right.x, right.y + _HEIGHT // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
