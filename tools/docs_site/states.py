"""The states of a kind as a drawing: one below the other, moves onward to the right of them, moves back to the left."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STATE = re.compile(r'state "([^"]+)" as (\w+)')
_MOVE = re.compile(r"(\w+) --> (\w+)")
_FINAL = re.compile(r"class (\w+) final")
_HEIGHT, _STRIDE, _LETTER, _LANE, _MARGIN = 34, 62, 7.6, 15, 6


@dataclass(frozen=True, slots=True)
class _Move:
    """A line from one state to another, by their numbers from the top, and how far out it runs (0: straight down)."""

    start: int
    end: int
    lane: int = 0


def drawn(diagram: str) -> str:
    """Return a Mermaid state diagram, as the pages of kinds have it, as an SVG.

    Only what those pages use is known: ``state "…" as x``, ``x --> y`` and ``class x final``.
    """
    names = {key: words for words, key in _STATE.findall(diagram)}
    rows = {key: row for row, key in enumerate(names)}
    final = {rows[key] for key in _FINAL.findall(diagram)}
    moves = [_Move(rows[a], rows[b]) for a, b in _MOVE.findall(diagram) if a in rows and b in rows]
    straight = [move for move in moves if move.end == move.start + 1]
    onward = _laned([move for move in moves if move.end > move.start + 1])
    back = _laned([move for move in moves if move.end < move.start])
    left = _MARGIN + _LANE * (1 + max((move.lane for move in back), default=-1))
    box = round(max(map(len, names.values())) * _LETTER) + 28
    width = left + box + _LANE * (1 + max((move.lane for move in onward), default=-1)) + 2 * _MARGIN
    height = _STRIDE * (len(names) - 1) + _HEIGHT + 2 * _MARGIN
    label = "; ".join(_told(names, rows, moves))
    parts = [f'<path class="line" d="{"".join(_lines(straight, onward, back, left, box))}"/>']
    parts.append(f'<path class="tip" d="{"".join(_tips(straight, onward, back, left, box))}"/>')
    for row, words in enumerate(names.values()):
        top = _MARGIN + row * _STRIDE
        kind = ' class="final"' if row in final else ""
        parts.append(f'<rect{kind} x="{left}" y="{top}" width="{box}" height="{_HEIGHT}" rx="8"/>')
        parts.append(f'<text x="{left + box // 2}" y="{top + 22}">{html.escape(words)}</text>')
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    svg = f'<svg {size} role="img" aria-label="{html.escape(label)}">{"".join(parts)}</svg>'
    return f'<div class="wide states" role="group" aria-label="States" tabindex="0">{svg}</div>\n'


def _told(names: Mapping[str, str], rows: Mapping[str, int], moves: Sequence[_Move]) -> Sequence[str]:
    words = list(names.values())
    told = []
    for key, row in rows.items():
        ends = [words[move.end] for move in moves if move.start == row]
        told.append(f"{names[key]} to {', '.join(ends)}" if ends else f"{names[key]}, the end")
    return told


def _laned(moves: Sequence[_Move]) -> Sequence[_Move]:
    """Give each move a lane of its own where it would cover another: the short ones nearest to the boxes."""
    laned: list[_Move] = []
    for move in sorted(moves, key=lambda move: (abs(move.end - move.start), move.start, move.end)):
        low, high = sorted((move.start, move.end))
        taken = {
            other.lane for other in laned if min(other.start, other.end) <= high and max(other.start, other.end) >= low
        }
        laned.append(_Move(move.start, move.end, next(lane for lane in range(len(laned) + 1) if lane not in taken)))
    return laned


def _y(row: int, share: float) -> int:
    return _MARGIN + row * _STRIDE + round(_HEIGHT * share)


def _lines(
    straight: Sequence[_Move], onward: Sequence[_Move], back: Sequence[_Move], left: int, box: int
) -> Sequence[str]:
    centre, right = left + box // 2, left + box
    return [
        *(f"M{centre} {_y(move.start, 1)}V{_y(move.end, 0) - 2}" for move in straight),
        *(_arc(right, right + _LANE * (move.lane + 1), _y(move.start, 0.7), _y(move.end, 0.3)) for move in onward),
        *(_arc(left, left - _LANE * (move.lane + 1), _y(move.start, 0.3), _y(move.end, 0.7)) for move in back),
    ]


def _arc(near: int, far: int, start: int, end: int) -> str:
    """Return a line out of the edge of one box and into that of another, with round corners."""
    x = 6 if far > near else -6
    y = 6 if end > start else -6
    out = f"M{near} {start}H{far - x}Q{far} {start} {far} {start + y}"
    return f"{out}V{end - y}Q{far} {end} {far - x} {end}H{near + x // 3}"


def _tips(
    straight: Sequence[_Move], onward: Sequence[_Move], back: Sequence[_Move], left: int, box: int
) -> Sequence[str]:
    centre, right = left + box // 2, left + box
    return [
        *(f"M{centre} {_y(move.end, 0)}l-4 -7h8z" for move in straight),
        *(f"M{right} {_y(move.end, 0.3)}l7 -4v8z" for move in onward),
        *(f"M{left} {_y(move.end, 0.7)}l-7 -4v8z" for move in back),
    ]
