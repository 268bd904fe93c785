"""Inserting: fields and items that are new, in the place and style that the text around them suggests."""

from collections.abc import Iterable, Sequence
from typing import Any

from itsm_as_code.model.place import FieldPath
from itsm_as_code.reading.nodes import BLOCK, FLOW, PLAIN, Node, gap_end
from itsm_as_code.writing.block import flow, list_lines
from itsm_as_code.writing.page import Page, Patch, Slot
from itsm_as_code.writing.replace import is_scalar, rendered, replace
from itsm_as_code.writing.scalars import spell

_LAST = "timeline"
"""The field that grows: it stands at the end, and what else is new before it."""


def insert_field(
    page: Page,
    path: FieldPath,
    value: Any,  # noqa: ANN401 - any YAML value
    order: Sequence[str],
    *,
    one_line: bool = False,
) -> Sequence[Patch]:
    """Return the patches that add a field to a mapping that is there.

    At the top it stands behind the fields that `order` names before it, and before the timeline; in other mappings
    at the end.
    """
    holder, name = page.node(path[:-1]), str(path[-1])
    if holder is None or holder.fields is None:
        raise ValueError("no mapping is there")
    if holder.style == FLOW:
        return _into_brackets(page, holder, [f"{spell(name, in_flow=True)}: {flow(value)}"])
    position = _position(list(holder.fields), name, order) if len(path) == 1 else len(holder.fields)
    nothing = Node(0, 0, 0, 0, PLAIN)
    head, rest = rendered(page, Slot(nothing, holder, 0), value, one_line=one_line)
    first = f"{' ' * holder.indent}{spell(name)}:{f' {head}' if head else ''}"
    new = "".join(f"{line}\n" for line in (first, *rest))
    blank = "\n" if page.is_spaced(holder) else ""
    if not position:
        start = page.line_start(holder.start)
        return [(start, start, new + blank)]
    before = page.children(holder)[position - 1]
    # At the end of a mapping that is in another one, comments as far in as its fields are its own.
    is_inside = len(path) > 1 and position == len(holder.fields)
    place = page.tail_end(page.lines_end(before), holder.indent + (0 if is_inside else 1))
    return [(place, place, blank + new)]


def _position(names: Sequence[str], name: str, order: Sequence[str]) -> int:
    """Return before which of the present names a new one stands, counted from 0."""
    if name == _LAST:
        return len(names)
    places = {known: place for place, known in enumerate(order)}
    if name in places:
        before = [present for present in names if places.get(present, len(places)) < places[name]]
        if not before:
            return next((at for at, present in enumerate(names) if present in places), len(names))
        return names.index(max(before, key=places.__getitem__)) + 1
    return len(names) - 1 if names and names[-1] == _LAST else len(names)


def extend(page: Page, path: FieldPath, values: Sequence[Any], *, one_line: bool) -> Sequence[Patch]:
    """Return the patches that add items to a list that is there."""
    slot = page.slot(path)
    if slot is None or slot.node.items is None:
        raise ValueError("no list is there")
    node = slot.node
    if node.style == BLOCK:
        return _below(page, slot, values, one_line=one_line)
    if not node.items and not slot.in_brackets and any(map(_wants_lines, values)):
        return replace(page, slot, list(values), one_line=one_line)
    return _into_brackets(page, node, map(flow, values))


def _wants_lines(value: Any) -> bool:  # noqa: ANN401 - any YAML value
    return (isinstance(value, str) and "\n" in value) or (not is_scalar(value) and bool(value))


def _below(page: Page, slot: Slot, values: Sequence[Any], *, one_line: bool) -> Sequence[Patch]:
    """Return the patches for new items below those of a list in block style, and the comments that belong to it.

    A comment as far in as the items is the list's; where the items stand as far in as their field, a comment there is
    that of what follows.
    """
    node, blank = slot.node, "\n" if page.is_spaced(slot.node) else ""
    place = page.lines_end(page.children(node)[-1])
    place = page.tail_end(place, max(node.indent, slot.holder.indent + 1))
    items = (list_lines([value], node.indent, one_line_each=one_line) for value in values)
    return [(place, place, "".join(blank + "".join(f"{line}\n" for line in lines) for lines in items))]


def insert_items(
    page: Page, path: FieldPath, position: int, values: Sequence[Any], *, one_line: bool
) -> Sequence[Patch]:
    """Return the patches that put items before the one at a position of a list that is there.

    Comments above that item stay above it, but for those above the first one.
    """
    node = page.node(path)
    if node is None or node.items is None:
        raise ValueError("no list is there")
    start = page.starts(node)[position]
    margin = page.text[page.line_start(start) : start]
    if node.style == FLOW:
        new = map(flow, values)
        gap = f",\n{margin}" if page.begins_line(start) else ", "
        return [(start, start, "".join(f"{text}{gap}" for text in new))]
    blank = "\n" if page.is_spaced(node) else ""
    items = [
        "".join(f"{line}\n" for line in list_lines([value], node.indent, one_line_each=one_line)) for value in values
    ]
    if position:
        place = page.lines_end(node.items[position - 1])
        return [(place, place, "".join(blank + item for item in items))]
    first = "".join(item + blank for item in items)[node.indent :]
    return [(start, start, first + " " * node.indent)]


def _into_brackets(page: Page, node: Node, texts: Iterable[str]) -> Sequence[Patch]:
    """Return the patches that add fields or items at the end of what is in brackets, or a single pair in a list."""
    text, children = page.text, page.children(node)
    if not text.startswith(("{", "["), node.start):
        return [(node.start, node.start, "{"), (node.end, node.end, f", {', '.join(texts)}}}")]
    if not children:
        inside = text[node.start + 1 : node.end - 1]
        new = ", ".join(texts)
        return [(node.start + 1, node.start + 1, f"{new} ") if inside.strip() else (node.start + 1, node.end - 1, new)]
    last, start = children[-1].end, page.starts(node)[-1]
    comma = gap_end(text, last)
    has_comma = text.startswith(",", comma)
    end = comma + 1 if has_comma else last
    if not page.begins_line(start):
        new = ", ".join(texts)
        return [(end, end, f" {new}," if has_comma else f", {new}")]
    line = f"\n{text[page.line_start(start) : start]}"
    new = f",{line}".join(texts)
    if not page.begins_line(node.end - 1):
        return [(end, end, f"{line}{new}," if has_comma else f",{line}{new}")]
    place = page.line_end(end)
    commas = [] if has_comma else [(end, end, ",")]
    return [*commas, (place, place, f"{line}{new}{',' if has_comma else ''}")]
