"""Writes values as YAML in many styles, and tells how each field's name was written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

Tree = Mapping[str, "Node"]
Node = str | int | bool | None | Sequence["Node"] | Tree
Path = tuple[str | int, ...]

_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_PLAIN = re.compile(r"[A-Za-zé漢😀](?:[\w😀./;@!%&*'\"|>~=+-]| (?=[^ #]))*(?<! )")
_FOLDABLE = re.compile(r"(?<=[^\s\\]) (?=[^\s#-])")
TEXTS = st.text(alphabet="abcé漢😀 \n\t#:'\"\\,-[]{}&*!|>%@`?.1_", max_size=24)
_NAMES = st.from_regex(r"[a-z][a-z_]{0,7}", fullmatch=True) | st.text(alphabet="ab é漢😀#:'\",-", max_size=8)
_LEAVES = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXTS | st.sampled_from(["a b c", "Foo bar é"])
NODES: st.SearchStrategy[Node] = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4), max_leaves=10
)
TREES: st.SearchStrategy[Tree] = st.dictionaries(_NAMES, NODES, min_size=1, max_size=5)


@dataclass
class Writer:
    """Writes one tree; `draw` makes every choice of style."""

    draw: Callable[[st.SearchStrategy[str]], str]
    keys: dict[Path, str] = field(default_factory=dict)
    """How the name of the field at a path is written."""
    _keeps: bool = False
    """The last value written is a block that keeps what blank lines follow."""
    _block_ended: bool = False
    """The last value written is a block, of which a line of spaces would be a part."""

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def mapping(self, tree: Tree, indent: int, path: Path) -> str:
        """Return a block of fields; each begins at `indent`, the first one where the caller stands."""
        written: list[str] = []
        for name, node in tree.items():
            before = self._between(indent) if written or not path else ""
            key = self.keys[*path, name] = self._key(name)
            value = self._value(node, indent, (*path, name), in_mapping=True)
            written.append(
                f"{before}{' ' * indent if written or not path else ''}{key}{self.pick('', '', ' ')}:{value}"
            )
        return "".join(written)

    def _items(self, items: Sequence[Node], indent: int, path: Path) -> str:
        written: list[str] = []
        for number, node in enumerate(items):
            before = self._between(indent) if written else ""
            value = self._value(node, indent, (*path, number), in_mapping=False)
            written.append(f"{before}{' ' * indent if written else ''}-{value}")
        return "".join(written)

    def _between(self, indent: int) -> str:
        if self._keeps:
            return ""
        return self.pick("", "", "", "\n", "\n" if self._block_ended else "  \n", " " * indent + "# note: 'x\n")

    def _value(self, node: Node, indent: int, path: Path, *, in_mapping: bool) -> str:
        """Return what follows a colon or a dash, to the end of its last line."""
        self._keeps = self._block_ended = False
        if (
            isinstance(node, Mapping | Sequence)
            and not isinstance(node, str)
            and node
            and self.pick("block", "flow") == "block"
        ):
            step = int(self.pick("1", "2", "4"))
            if isinstance(node, Mapping):
                if in_mapping:
                    return self._end() + " " * (indent + step) + self.mapping(node, indent + step, path)
                return " " * step + self.mapping(node, indent + 1 + step, path)
            if in_mapping:
                step = int(self.pick("0", "2", "3"))
                return self._end() + " " * (indent + step) + self._items(node, indent + step, path)
            return " " * step + self._items(node, indent + 1 + step, path)
        if isinstance(node, str) and self.pick("block", "line", "line") == "block":
            return " " + self._block(node, indent)
        text = self._flow(node, indent + 1, path)
        # libyaml takes a tab after a colon, but none after a dash.
        gap = self.pick(" ", " ", "  ", " \t" if in_mapping else " ")
        return (gap + text if text else "") + self._end()

    def _end(self) -> str:
        return self.pick("\n", "\n", "\n", "  \n", " # note: [x\n", "\t# y\n")

    def _block(self, text: str, indent: int) -> str:
        lines = text.split("\n")
        step = int(self.pick("1", "2", "3"))
        chomping, self._block_ended = "-", True
        if text.endswith("\n"):
            self._keeps = text.endswith("\n\n") or text == "\n" or self.pick("clip", "keep") == "keep"
            chomping = "+" if self._keeps else ""
            lines.pop()
        indicator = (
            str(step) if text[:1].isspace() or any(line[:1].isspace() for line in lines) else self.pick("", str(step))
        )
        header = self.pick(f"{indicator}{chomping}", f"{chomping}{indicator}") + self.pick("\n", " \n", " # note\n")
        style = "|"
        if lines and all(line and not line[:1].isspace() for line in lines) and self.pick("|", ">") == ">":
            style = ">"
            lines = [part for line in lines for part in (*_FOLDABLE.sub(self.pick(" ", "\n"), line).split("\n"), "")][
                :-1
            ]
        return style + header + "".join(" " * (indent + step) * bool(line) + line + "\n" for line in lines)

    def _flow(self, node: Node, indent: int, path: Path) -> str:
        """Return a value as it stands in a line or in brackets; further lines begin at `indent`."""
        gap = self.pick("", " ", "\n" + " " * indent, "\n" + " " * (indent + 3), " # note ]\n\n" + " " * indent)
        if isinstance(node, str):
            return self._text(node, indent)
        if isinstance(node, Mapping):
            fields = []
            for name, inner in node.items():
                key = self.keys[*path, name] = self._key(name)
                fields.append(f"{key}: {self._flow(inner, indent, (*path, name))}")
            return "{" + gap + f",{gap or ' '}".join(fields) + gap + "}"
        if isinstance(node, Sequence):
            return (
                "["
                + gap
                + f",{gap}".join(self._flow(inner, indent, (*path, at)) for at, inner in enumerate(node))
                + gap
                + "]"
            )
        return self.pick("null", "~", "Null") if node is None else str(node).lower()

    def _key(self, name: str) -> str:
        if _is_plain(name) and self.pick("plain", "plain", "quoted") == "plain":
            return name
        return self._quoted(name)

    def _text(self, text: str, indent: int) -> str:
        if _is_plain(text) and self.pick("plain", "quoted") == "plain":
            return _FOLDABLE.sub(self.pick(" ", "\n" + " " * indent), text)
        written = self._quoted(text)
        return _FOLDABLE.sub(self.pick(" ", " ", "\n" + " " * indent + self.pick("", "\t")), written)

    def _quoted(self, text: str) -> str:
        if "\n" not in text and self.pick("'", '"') == "'":
            return "'" + text.replace("'", "''") + "'"
        escaped = (
            text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", self.pick("\t", "\\t"))
        )
        if self.pick("as it is", "escaped") == "escaped":
            escaped = escaped.replace("😀", "\\U0001F600").replace("é", self.pick("\\u00E9", "\\xe9"))
        return f'"{escaped}"'


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _WORDS


@st.composite
def yaml_texts(draw: st.DrawFn) -> tuple[str, Tree, Mapping[Path, str]]:
    """Draw a text, the values that it means, and how each field's name is written."""
    writer = Writer(draw)
    tree = draw(TREES)
    text = writer.mapping(tree, 0, ())
    return text, tree, writer.keys
