"""A page: the text of a file with its node tree, and where its lines, comments and values begin and end."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from itsm_as_code.model.place import FieldPath
from itsm_as_code.reading.nodes import BLOCK, FLOW, Node, gap_end

Patch = tuple[int, int, str]
"""Characters from one offset up to another, and what stands there instead; lines in it end with a line feed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a value: a field's, behind its colon, or an item's, behind its dash or in brackets."""

    node: Node
    """What stands there."""
    holder: Node
    """The list or mapping that it is in."""
    behind: int
    """Offset behind the colon or dash; in a list in brackets that of the item."""

    @property
    def is_item(self) -> bool:
        """Whether it is an item's."""
        return self.holder.items is not None

    @property
    def in_brackets(self) -> bool:
        """Whether brackets are around it."""
        return self.holder.style == FLOW


@dataclass(slots=True)
class Page:
    """A text, whose last line has an end, and its tree."""

    text: str
    root: Node
    _starts: dict[int, list[int]] = field(default_factory=dict)
    _children: dict[int, list[Node]] = field(default_factory=dict)
    _spaced: dict[int, bool] = field(default_factory=dict)
    """These by the identity of the list or mapping; one of ten thousand may be asked as often."""
    _habits: tuple[int, int] | None = None

    def node(self, path: FieldPath) -> Node | None:
        """Return the node at a path; None where there is none."""
        node: Node | None = self.root
        for step in path:
            if node is None:
                return None
            if isinstance(step, int):
                node = node.items[step] if node.items is not None and step < len(node.items) else None
            else:
                found = (node.fields or {}).get(step)
                node = found.value if found else None
        return node

    def slot(self, path: FieldPath) -> Slot | None:
        """Return the place of the value at a path, which is not the root; None where there is none."""
        holder, node = self.node(path[:-1]), self.node(path)
        if holder is None or node is None:
            return None
        if isinstance(path[-1], int):
            behind = self.starts(holder)[path[-1]] + 1 if holder.style == BLOCK else node.start
        else:
            key = holder.fields[path[-1]].key if holder.fields else node
            colon = gap_end(self.text, key.end)
            behind = colon + 1 if self.text.startswith(":", colon) else key.end
        return Slot(node, holder, behind)

    def starts(self, node: Node) -> list[int]:
        """Return where each field or item of a mapping or list begins, with its dash or question mark."""
        if id(node) not in self._starts:
            self._starts[id(node)] = self._found_starts(node)
        return self._starts[id(node)]

    def _found_starts(self, node: Node) -> list[int]:
        in_brackets = node.style == FLOW
        if in_brackets and node.items is not None:
            return [item.start for item in node.items]
        offsets = []
        end = node.start + 1 if in_brackets and self.text.startswith("{", node.start) else node.start
        for child in self.children(node):
            start = gap_end(self.text, end)
            offsets.append(gap_end(self.text, start + 1) if in_brackets and self.text.startswith(",", start) else start)
            end = child.end
        return offsets

    def habits(self) -> tuple[int, int]:
        """Return how far a list, and a mapping, below its field's name is indented here; two where none shows it."""
        if self._habits is None:
            found: dict[bool, int] = {}
            todo = [self.root]
            while todo and len(found) < 2:  # noqa: PLR2004 - lists and mappings
                node = todo.pop()
                for child in self.children(node):
                    if child.style == BLOCK and node.fields is not None and node.style == BLOCK:
                        found.setdefault(child.items is not None, child.indent - node.indent)
                    if not child.is_scalar:
                        todo.append(child)
            self._habits = found.get(True, 2), found.get(False, 2)
        return self._habits

    def line_start(self, offset: int) -> int:
        """Return where the line of an offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before the characters that end it."""
        end = self.text.index("\n", offset)
        return end - 1 if self.text.startswith("\r", end - 1) and end > offset else end

    def next_line(self, offset: int) -> int:
        """Return where the line after that of an offset begins."""
        return self.text.index("\n", offset) + 1

    def begins_line(self, offset: int) -> bool:
        """Return whether only blanks stand before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip(" \t")

    def ends_line(self, offset: int) -> bool:
        """Return whether only blanks stand after an offset on its line."""
        return not self.text[offset : self.line_end(offset)].strip(" \t")

    def lines_end(self, node: Node) -> int:
        """Return where the line after a node's last one begins."""
        if node.end > node.start and self.text.startswith("\n", node.end - 1):
            return node.end
        return self.next_line(node.end)

    def tail_end(self, offset: int, indent: int, *, blank: bool = True) -> int:
        """Return the end of the comments that follow from a line's beginning and stand at least `indent` in.

        `blank` says whether they may be behind blank lines.
        """
        found = offset
        while offset < len(self.text):
            end = self.next_line(offset)
            line = self.text[offset:end]
            content = line.lstrip(" ")
            if (content.strip() or not blank) and not (content.startswith("#") and len(line) - len(content) >= indent):
                break
            offset = end
            if content.strip():
                found = end
        return found

    def children(self, node: Node) -> list[Node]:
        """Return the values in a list or mapping."""
        if id(node) not in self._children:
            fields = (node.fields or {}).values()
            self._children[id(node)] = list(node.items) if node.items is not None else [each.value for each in fields]
        return self._children[id(node)]

    def is_spaced(self, node: Node) -> bool:
        """Return whether blank lines stand between all that a list or mapping in block style holds."""
        if id(node) not in self._spaced:
            ends, starts = [self.lines_end(child) for child in self.children(node)], self.starts(node)
            gaps = [self.text[end:start] for end, start in zip(ends[:-1], starts[1:], strict=True)]
            self._spaced[id(node)] = bool(gaps) and all(map(_has_blank_line, gaps))
        return self._spaced[id(node)]


def _has_blank_line(gap: str) -> bool:
    return any(not line.strip() for line in gap.split("\n")[:-1])


def patched(text: str, patches: Iterable[Patch]) -> str:
    """Return the text with the patches made, which do not overlap; of two at one place the first comes first."""
    new_line, parts, at = line_end_of(text), [], 0
    for start, end, new in sorted(patches, key=lambda patch: patch[:2]):
        if start < at:
            raise ValueError("patches overlap")
        parts += [text[at:start], new.replace("\n", new_line)]
        at = end
    return "".join([*parts, text[at:]])


def line_end_of(text: str) -> str:
    """Return what ends the first line of a text; a line feed where there is none."""
    return "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"
