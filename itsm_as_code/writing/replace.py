"""Replacing: the value of a field or item that is there, in the style in which it is written."""

import re
from collections.abc import Sequence
from typing import Any

from itsm_as_code.reading.nodes import BLOCK, DOUBLE, FLOW, FOLDED, LITERAL, PLAIN, SINGLE, Node
from itsm_as_code.reading.scalars import read_plain
from itsm_as_code.writing.block import block_lines, flow, list_lines
from itsm_as_code.writing.edits import comparable
from itsm_as_code.writing.page import Page, Patch, Slot
from itsm_as_code.writing.scalars import double_quoted, folded, literal, single_quoted, spell

_HEADER = re.compile(r"[|>][-+0-9]*")
_INDENT = 2
_WIDTH = 118
"""Longest line of a folded block, where its words allow it."""


def replace(page: Page, slot: Slot, value: Any, *, one_line: bool = False) -> Sequence[Patch]:  # noqa: ANN401 - any YAML value
    """Return the patches that put a value in a slot; none where its text says that value already, as it should."""
    node = slot.node
    if node.is_scalar and is_scalar(value) and comparable(node.value) == comparable(value) and not _is_odd(page, node):
        return ()
    if slot.in_brackets:
        new = _respelt(value, node.style, in_flow=True) if node.is_scalar and is_scalar(value) else flow(value)
        if node.start == node.end:
            new = f" {new}" if page.text.startswith(":", slot.behind - 1) else f": {new}"
        return [(node.start, node.end, new)]
    if node.is_scalar and is_scalar(value):
        return written(page, slot, *_scalar_lines(page, slot, value))
    if is_scalar(value) and "#" in page.text[slot.behind : node.start].partition("\n")[2]:
        # Comments on lines of their own must not get into a block of text.
        return written(page, slot, spell(value), ())
    in_flow = node.style == FLOW and not (node.end - node.start == len("[]") and bool(value))
    return written(page, slot, *rendered(page, slot, value, one_line=one_line, in_flow=in_flow))


def is_scalar(value: Any) -> bool:  # noqa: ANN401 - any YAML value
    """Return whether a plain value is no list or mapping."""
    return not isinstance(value, dict | list)


def _is_odd(page: Page, node: Node) -> bool:
    """Return whether a scalar should be in quotes and is not."""
    return node.style == PLAIN and bool(read_plain(page.text[node.start : node.end])[1])


def _respelt(value: Any, style: str, *, in_flow: bool = False) -> str:  # noqa: ANN401 - any YAML scalar
    """Return a scalar on one line, a text in the quotes that it had where they can hold it."""
    if isinstance(value, str):
        if style == SINGLE and (quoted := single_quoted(value)) is not None:
            return quoted
        if style in (SINGLE, DOUBLE):
            return double_quoted(value)
    return spell(value, in_flow=in_flow)


def _scalar_lines(page: Page, slot: Slot, value: Any) -> tuple[str, Sequence[str]]:  # noqa: ANN401 - any YAML scalar
    """Return what stands on the line of a scalar's field, and the lines below it."""
    node, indent = slot.node, slot.holder.indent + _INDENT
    block = None
    if isinstance(value, str):
        if node.style in (LITERAL, FOLDED):
            content = page.text[page.next_line(node.start) : node.end]
            shown = next(filter(str.strip, content.split("\n")), " " * indent)
            indent = max(len(shown) - len(shown.lstrip(" ")), slot.holder.indent + 1)
        if node.style == FOLDED:
            block = folded(value, indent, _WIDTH)
        block = block or literal(value, indent)
    head, *rest = (block or _respelt(value, node.style)).split("\n")
    return head, rest


def rendered(
    page: Page,
    slot: Slot,
    value: Any,  # noqa: ANN401 - any YAML value
    *,
    one_line: bool = False,
    in_flow: bool = False,
) -> tuple[str, Sequence[str]]:
    """Return what stands on the line of a slot in block style, and the lines below it, for a value of any sort.

    `in_flow` asks for brackets, which it gets where no text in it has several lines.
    """
    node, indent = slot.node, slot.holder.indent
    if is_scalar(value):
        head, *rest = ((literal(value, indent + _INDENT) if isinstance(value, str) else None) or spell(value)).split(
            "\n"
        )
        return head, rest
    if not value or (in_flow and not _has_lines(value)):
        return flow(value), ()
    if slot.is_item:
        lines = _lines(list_lines([value], indent, one_line_each=one_line))
        return lines[0][indent + len("- ") :], lines[1:]
    is_list = isinstance(value, list)
    same = node.style == BLOCK and (node.items is not None) == is_list
    inner = node.indent if same else indent + page.habits()[0 if is_list else 1]
    if is_list:
        return "", _lines(list_lines(value, inner, one_line_each=one_line))
    return "", _lines(block_lines(value, inner))


def _lines(lines: Any) -> list[str]:  # noqa: ANN401 - lines, of which some hold several
    return "\n".join(lines).split("\n")


def _has_lines(value: Any) -> bool:  # noqa: ANN401 - any YAML value
    return "\\n" in comparable(value)


def written(page: Page, slot: Slot, head: str, rest: Sequence[str]) -> list[Patch]:
    """Return the patches that put `head` on the line of a slot in block style, and `rest` on the lines below it.

    Comments stay: behind a value on its line, and those between a field's name and its value.
    """
    node, below = slot.node, "".join(f"{line}\n" for line in rest)
    gap = page.text[slot.behind : node.start]
    lead = f" {head}" if head else ""
    if node.style == BLOCK and "\n" not in gap:
        return [(slot.behind, page.lines_end(node), f"{lead}\n{below}")]
    if node.style == BLOCK:
        first = page.line_start(node.start)
        return [(slot.behind, slot.behind, lead), (first, page.lines_end(node), below)]
    end = node.end
    if node.style in (LITERAL, FOLDED):
        header = _HEADER.match(page.text, node.start)
        end = header.end() if header else end
        lines = (page.next_line(node.start), node.end)
    else:
        lines = (page.next_line(node.end), page.next_line(node.end))
    start = slot.behind
    if page.ends_line(end):
        end = page.line_end(end)
    if "#" in gap and rest:
        # The comment stays on the line of the name or dash, and the new value begins on a line of its own.
        start, lead = page.line_start(node.start), f"{' ' * (slot.holder.indent + _INDENT)}{head}" if head else ""
        if not head and page.ends_line(end):
            end = page.next_line(end)
    elif "#" in gap or (head and gap and not rest) or (head[:1] in ("|", ">") and gap and "\n" not in gap):
        start, lead = node.start, head
    return [(start, end, lead), (*lines, below)]
