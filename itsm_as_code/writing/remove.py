"""Removing: a field or item with its lines, the comment on them, and comments right below that are further in."""

from collections.abc import Sequence

from itsm_as_code.model.place import FieldPath
from itsm_as_code.reading.nodes import BLOCK, Node, gap_end
from itsm_as_code.writing.page import Page, Patch


def remove(page: Page, path: FieldPath) -> Sequence[Patch]:
    """Return the patches that take away a field or item that is there and not alone in its mapping or list."""
    holder = page.node(path[:-1])
    if holder is None:
        raise ValueError("nothing is there")
    names: Sequence[str | int] = list(holder.fields) if holder.fields is not None else range(len(holder.items or ()))
    position = names.index(path[-1])
    if len(names) == 1:
        raise ValueError("nothing would be left")
    if holder.style == BLOCK:
        return _lines(page, holder, position)
    return _in_brackets(page, holder, position)


def _lines(page: Page, holder: Node, position: int) -> Sequence[Patch]:
    starts, node = page.starts(holder), page.children(holder)[position]
    start, end = starts[position], page.lines_end(node)
    if page.begins_line(start):
        start, end = page.line_start(start), page.tail_end(end, holder.indent + 1, blank=False)
        return [(start, _blank_end(page, start, end), "")]
    # The first one stands behind the dash of the list around it, and so will the next.
    if page.text[end : page.line_start(starts[1])].strip():
        return [(start - len(page.text[:start]) + len(page.text[:start].rstrip(" ")), end, "\n")]
    return [(start, starts[1], "")]


def _blank_end(page: Page, start: int, end: int) -> int:
    """Return the end of the blank lines after what is removed, if there are some before it as well."""
    before = page.text[page.line_start(start - 1) : start] if start else "\n"
    if before.strip():
        return end
    while end < len(page.text) and not page.text[end : (after := page.next_line(end))].strip():
        end = after
    return end


def _in_brackets(page: Page, holder: Node, position: int) -> Sequence[Patch]:
    starts, children = page.starts(holder), page.children(holder)
    start, end = starts[position], children[position].end
    comma = gap_end(page.text, end)
    behind = comma + 1 if page.text.startswith(",", comma) else end
    has_own_line = page.begins_line(start) and page.text[behind : page.line_end(behind)].strip()[:1] in ("", "#")
    if has_own_line:
        return [(page.line_start(start), page.next_line(behind), "")]
    if position + 1 < len(starts):
        return (
            [(start, starts[position + 1], "")]
            if "#" not in page.text[end : starts[position + 1]]
            else [(start, behind, "")]
        )
    before = children[position - 1].end
    if "#" in page.text[before:start]:
        return [(start, behind, "")]
    return [(before, end, "")]
