"""Node trees: every value of a YAML text with where it begins and ends and how it is written, for edits in place."""

import re
from dataclasses import dataclass, field
from typing import Any

from itsm_as_code.reading import events
from itsm_as_code.reading.limits import MAX_DEPTH
from itsm_as_code.reading.scalars import read_plain

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED, FLOW, BLOCK = "plain", "single", "double", "literal", "folded", "flow", "block"
_STYLES = {None: PLAIN, "": PLAIN, "'": SINGLE, '"': DOUBLE, "|": LITERAL, ">": FOLDED}
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")


@dataclass(slots=True)
class Node:
    """A scalar, list or mapping as it is written: the characters from `start` up to `end` of the text.

    Spaces and comments around it are no part of it. A literal or folded block ends where the line behind it begins;
    blank lines at its end are a part only where it keeps them (`+`). A value that is not written (`key:`) stands behind
    its colon or dash. `line` and `column` count from 1; a list in block style begins at its first dash.
    """

    start: int
    end: int
    line: int
    column: int
    style: str
    """`PLAIN`, `SINGLE`, `DOUBLE`, `LITERAL` or `FOLDED` for scalars, `FLOW` or `BLOCK` for what holds others."""
    value: str | int | bool | None = None
    """What a scalar says."""
    fields: dict[str, "Field"] | None = None
    """What a mapping holds, in the order of the text; None for anything else."""
    items: list["Node"] | None = None
    """What a list holds; None for anything else."""

    @property
    def indent(self) -> int:
        """The characters before it on its line."""
        return self.column - 1

    @property
    def is_scalar(self) -> bool:
        """Whether it holds no others."""
        return self.fields is None and self.items is None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a mapping as it is written."""

    key: Node
    value: Node


def gap_end(text: str, start: int) -> int:
    """Return where the spaces, line ends and comments that begin at `start` end."""
    match = _GAP.match(text, start)
    return match.end() if match else start


def read_nodes(text: str, *, pure: bool = False) -> Node | None:
    """Return the tree of a text that `read_document` found readable; None where it holds no value.

    Offsets count characters of `text`; lines end as YAML has it. `pure` asks for YAML's parser in Python.
    Raises YamlError or ValueError for a text of which no tree can be made.
    """
    composer = _Composer(text)
    with events.open_parser(text, pure=pure) as parser:
        while (event := parser.get_event()) is not None:
            composer.take(event)
    return composer.root


@dataclass(slots=True)
class _Composer:
    """Takes events; `open` are the lists and mappings that are being filled, the outermost first."""

    text: str
    root: Node | None = None
    open: list[Node] = field(default_factory=list)
    keys: list[Node | None] = field(default_factory=list)
    """For each of them, the key that awaits its value."""

    def take(self, event: Any) -> None:  # noqa: ANN401 - yaml's events have no typed base with the fields that matter
        kind = type(event)
        if kind is events.ScalarEvent:
            self._add(self._scalar(event))
        elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
            if len(self.open) == MAX_DEPTH:
                raise ValueError("values are nested too deep")
            node = _collection(event, is_mapping=kind is events.MappingStartEvent)
            self._add(node)
            self.open.append(node)
            self.keys.append(None)
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            self.keys.pop()
            self._close(self.open.pop(), event.end_mark.index)
        elif kind is events.AliasEvent:
            raise ValueError("an alias has no text of its own")

    def _scalar(self, event: Any) -> Node:  # noqa: ANN401 - as above
        start, style = event.start_mark, _STYLES[event.style]
        value, end = event.value, event.end_mark.index
        if style is PLAIN:
            value = read_plain(value)[0]
        elif style in (LITERAL, FOLDED):
            end = self._block_end(start.index, end)
        return Node(start.index, end, start.line + 1, start.column + 1, style, value)

    def _block_end(self, start: int, end: int) -> int:
        """Return the end of a block without the blank lines after it that are no part of it."""
        header_end = self.text.find("\n", start) + 1
        if "+" in self.text[start:header_end].partition("#")[0]:
            return end
        while end > header_end and (line := self.text.rfind("\n", 0, end - 1) + 1) >= header_end:
            if self.text[line:end] not in ("\n", "\r\n"):
                break
            end = line
        return end

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        holder, key = self.open[-1], self.keys[-1]
        if holder.items is not None:
            holder.items.append(node)
        elif key is None:
            self.keys[-1] = node
        elif holder.fields is not None:
            if node.is_scalar and node.start == node.end:
                self._put_behind(key, node)
            holder.fields[str(key.value)] = Field(key, node)
            self.keys[-1] = None

    def _put_behind(self, key: Node, node: Node) -> None:
        """Move a value that is not written to its place behind the colon: the parsers differ in where they see it."""
        colon = gap_end(self.text, key.end)
        node.start = node.end = colon + 1 if self.text.startswith(":", colon) else key.end
        line_feed = self.text.rfind("\n", key.start, node.start)
        node.line = key.line + self.text.count("\n", key.start, node.start)
        node.column = key.column + node.start - key.start if line_feed < 0 else node.start - line_feed

    def _close(self, node: Node, end: int) -> None:
        """Set the end of a list or mapping; without brackets it is that of what it holds last."""
        if self.text.startswith(("{", "["), node.start) and node.style is FLOW:
            node.end = end
        elif node.items:
            node.end = node.items[-1].end
        elif node.fields:
            node.end = next(reversed(node.fields.values())).value.end


def _collection(event: Any, *, is_mapping: bool) -> Node:  # noqa: ANN401 - as above
    start = event.start_mark
    node = Node(start.index, start.index, start.line + 1, start.column + 1, FLOW if event.flow_style else BLOCK)
    if is_mapping:
        node.fields = {}
    else:
        node.items = []
    return node
